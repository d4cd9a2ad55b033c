import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DocketError } from '../errors.js';
import { type CatalogueEntry, loadCatalogue, repositorySchema } from './catalogue.js';
import type { EmbeddingOverrides } from './import/import-options.js';
import type { DownloadedFile } from './pull/check-download.js';
import { chooseFiles, DESCRIPTION_FILES, type WantedFile, weightFiles } from './pull/choose-files.js';
import { downloadFile } from './pull/download-file.js';
import { lockDownloads } from './pull/downloads-lock.js';
import { HubClient, type HubClientOptions, type HubFile, type HubRepository, isCommit } from './pull/hub-client.js';
import { type ModelPins, readPins, writePins } from './pull/model-pins.js';

/** How far a pull is. */
export interface PullProgress {
  /** The file that is coming, by its path in the repository. */
  readonly file: string;
  /** Bytes of it that are here, with those of earlier tries. */
  readonly receivedBytes: number;
  /** `undefined`: nobody has said it. */
  readonly totalBytes: number | undefined;
  /** Files that are here and checked. */
  readonly filesDone: number;
  readonly files: number;
}

/** What the one who installs is told of a finished download; it can be given to `importModel` as it is. */
export interface InstallDetails {
  readonly name: string;
  readonly origin: { readonly kind: 'hub'; readonly repository: string; readonly revision: string };
  /** As the catalogue, or else the card on the hub, states it. */
  readonly licence?: string;
  /** ISO 639-1; absent when not known, or too many to name. */
  readonly languages?: readonly string[];
  /** What the catalogue prescribes for its embedding models. */
  readonly embedding?: EmbeddingOverrides;
}

/** What {@link pullModel} is told. */
export interface PullOptions<Installed> extends Partial<Omit<HubClientOptions, 'environment'>> {
  /** A name of the catalogue, or `owner/name` of any repository. */
  readonly name: string;
  /** A commit, branch or tag. @default The catalogue's commit, else that of the first pull, else `main` */
  readonly revision?: string | undefined;
  /** Files to fetch. @default Those of the catalogue, or those that a model of this kind needs */
  readonly files?: readonly WantedFile[] | undefined;
  /** `DOCKET_HOME/models`. Downloads lie in `.downloads` below it, pins in `pins.json`. */
  readonly folder: string;
  /** Takes the finished folder over: it copies or moves what it needs. The folder is deleted afterwards. */
  readonly install: (folder: string, details: InstallDetails) => Promise<Installed>;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
  /** `DOCKET_HUB`, `HF_TOKEN` and the proxies are read from it. @default process.env */
  readonly environment?: HubClientOptions['environment'] | undefined;
  /** @default The shipped one */
  readonly catalogue?: readonly CatalogueEntry[] | undefined;
}

/** What a pull has done. */
export interface PulledModel<Installed> {
  readonly name: string;
  readonly repository: string;
  /** The commit. */
  readonly revision: string;
  readonly files: readonly DownloadedFile[];
  /** Whether nothing was known of this commit before, so that its SHA-256 were recorded and not compared. */
  readonly firstUse: boolean;
  readonly installed: Installed;
}

/**
 * Brings a model from a hub and hands it on to be installed. What an earlier pull of the same commit has brought is not
 * fetched again, be it a part of a file. Every file is checked against the SHA-256 of the catalogue, of the first pull
 * and of the hub, as far as they are known, before anything is installed.
 *
 * With `HubConnection` below it, this is the only code of the core that opens an outgoing connection.
 * @throws DocketError `request.invalid_input`, `resource.not_found`, `resource.unreadable`, `model.checksum_mismatch`,
 *   `model.incompatible`, `capacity.disk_full`, `state.data_folder_in_use`; `data.reason` says which failure of the hub
 */
export async function pullModel<Installed>(options: PullOptions<Installed>): Promise<PulledModel<Installed>> {
  const { folder, install, environment = process.env } = options;
  const entry = findEntry(options.name, options.catalogue ?? (await loadCatalogue()));
  const repositoryName = entry?.repository ?? options.name;
  const downloads = join(folder, '.downloads');
  await using _lock = await lockDownloads(downloads);
  await using client = await HubClient.open({ ...options, environment });
  const pinsPath = join(folder, 'pins.json');
  const pins = await readPins(pinsPath);
  const repository = await client.describe(
    repositoryName,
    options.revision ?? usualRevision(repositoryName, entry, pins),
  );
  const { commit } = repository;
  const key = `${repositoryName.replace('/', '--')}@`;
  const download = join(downloads, key + commit);
  const files = await fetchFiles({ client, repository, download, options, entry, pins });
  await writePins(pinsPath, pins, { repository: repositoryName, commit, files });
  const details = detailsOf(repository, entry);
  const installed = await install(join(download, 'files'), details).catch(async (error: unknown) => {
    if (error instanceof DocketError && error.code === 'model.incompatible') await removeDownloads(downloads, key);
    throw error;
  });
  await removeDownloads(downloads, key);
  const firstUse = pins.repositories[repositoryName]?.commits[commit] === undefined;
  return { name: details.name, repository: repositoryName, revision: commit, files, firstUse, installed };
}

function findEntry(name: string, catalogue: readonly CatalogueEntry[]): CatalogueEntry | undefined {
  const entry = catalogue.find((known) => known.name === name || known.repository === name);
  if (entry || repositorySchema.safeParse(name).success) return entry;
  const names = catalogue.map((known) => known.name).join(', ');
  const message = `there is no model ${JSON.stringify(name)} in the catalogue; known are ${names}, and any repository as owner/name`;
  throw new DocketError('request.invalid_input', message, { data: { name } });
}

function usualRevision(repository: string, entry: CatalogueEntry | undefined, pins: ModelPins): string {
  if (entry && isCommit(entry.revision)) return entry.revision;
  return pins.repositories[repository]?.commit ?? entry?.revision ?? 'main';
}

/** Removes what was brought of a repository, of all its commits. */
async function removeDownloads(downloads: string, key: string): Promise<void> {
  const names = (await readdir(downloads)).filter((name) => name.startsWith(key));
  for (const name of names) await rm(join(downloads, name), { recursive: true, force: true });
}

interface Fetching {
  readonly client: HubClient;
  readonly repository: HubRepository;
  readonly download: string;
  readonly options: Pick<PullOptions<unknown>, 'files' | 'onProgress'>;
  readonly entry: CatalogueEntry | undefined;
  readonly pins: ModelPins;
}

async function fetchFiles(fetching: Fetching): Promise<readonly DownloadedFile[]> {
  const { repository, download, options, entry } = fetching;
  const listed = options.files ?? entry?.files;
  if (listed) return fetchAll(fetching, listed, chooseFiles(repository, listed), []);
  const description = chooseFiles(repository, DESCRIPTION_FILES);
  const described = await fetchAll(fetching, DESCRIPTION_FILES, description, []);
  const configuration = await readConfiguration(join(download, 'files', 'config.json'));
  const weights = weightFiles(repository, configuration);
  return fetchAll(fetching, weights, chooseFiles(repository, weights), described);
}

async function fetchAll(
  { client, repository, download, options, entry, pins }: Fetching,
  wanted: readonly WantedFile[],
  files: readonly HubFile[],
  before: readonly DownloadedFile[],
): Promise<readonly DownloadedFile[]> {
  const pinned = pins.repositories[repository.repository]?.commits[repository.commit] ?? {};
  // Another commit than the catalogue's may have other bytes.
  const isListed = options.files !== undefined || entry?.revision === repository.commit;
  const done = [...before];
  for (const file of files) {
    const listed = wanted.find(({ path }) => path === file.path)?.sha256;
    done.push(
      await downloadFile({
        client,
        repository,
        file,
        folder: download,
        expected: { catalogue: isListed ? listed : undefined, pin: pinned[file.path] },
        onBytes: (receivedBytes, totalBytes) =>
          options.onProgress?.({
            file: file.path,
            receivedBytes,
            totalBytes,
            filesDone: done.length,
            files: before.length + files.length,
          }),
      }),
    );
  }
  return done;
}

async function readConfiguration(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const message = `the config.json of this model is not valid JSON; choose another revision with --revision`;
    throw new DocketError('model.incompatible', message, { data: { path }, cause: error });
  }
}

function detailsOf(repository: HubRepository, entry: CatalogueEntry | undefined): InstallDetails {
  const { repository: owned, commit } = repository;
  const languages = (entry?.languages ?? repository.languages)?.filter((language) => /^[a-z]{2}$/.test(language));
  const licence = entry?.licence ?? repository.licence;
  return {
    name: entry?.name ?? owned.slice(owned.indexOf('/') + 1),
    origin: { kind: 'hub', repository: owned, revision: commit },
    ...(licence === undefined ? {} : { licence }),
    ...(languages?.length ? { languages } : {}),
    ...(entry?.pooling && entry.prefixes ? { embedding: { pooling: entry.pooling, prefixes: entry.prefixes } } : {}),
  };
}
