import { stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { DocketError } from '@docket/core';
import type { Dataset, DatasetItem, DatasetProblem } from './dataset.js';
import { itemOfLine, unusedKeys } from './manifest-line.js';
import { readCsvManifest, readJsonlManifest } from './read-manifest.js';
import { walkTypeFolders } from './type-folders.js';

/** What a data set looks like, for messages. */
const SHAPE =
  'a data set is a folder with one sub-folder per type (_none: no rule matches), or a manifest .jsonl or .csv with path or text, and expected; docket bench init writes an example';

const MANIFEST_NAMES = ['manifest.jsonl', 'manifest.csv'];

/**
 * Loads a data set: a folder with one sub-folder per type, a manifest, or a folder that holds `manifest.jsonl` or
 * `manifest.csv`. What cannot be used is a problem of the data set; a file that is missing stays an item, to be counted.
 * @throws DocketError `resource.file_not_found`, `request.invalid_input` when nothing of it can be used
 */
export async function loadDataset(path: string): Promise<Dataset> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => undefined);
  if (!found) throw new DocketError('resource.file_not_found', `there is no data set ${path}; check the path`);
  const manifest = found.isDirectory() ? await manifestIn(absolute) : absolute;
  const { items, problems } =
    manifest === undefined ? await walkTypeFolders(absolute) : await loadManifest(manifest, path);
  if (items.length === 0) {
    const first = problems[0] ? `; ${problems[0].place}: ${problems[0].message}` : '';
    throw new DocketError('request.invalid_input', `there is no document in the data set ${path}: ${SHAPE}${first}`);
  }
  return { name: basename(absolute), path: absolute, items, problems };
}

async function manifestIn(folder: string): Promise<string | undefined> {
  const files = MANIFEST_NAMES.map((name) => join(folder, name));
  const there = await Promise.all(files.map((file) => isFile(file)));
  const manifests = files.filter((_, index) => there[index]);
  if (manifests.length < 2) return manifests[0];
  const message = `there are ${MANIFEST_NAMES.join(' and ')} in ${folder}; name the one that is meant`;
  throw new DocketError('request.invalid_input', message);
}

interface Loaded {
  readonly items: readonly DatasetItem[];
  readonly problems: readonly DatasetProblem[];
}

async function loadManifest(file: string, shown: string): Promise<Loaded> {
  const lines = linesOf(file, shown);
  const items = new Map<string, DatasetItem>();
  const problems: DatasetProblem[] = [];
  const name = basename(file);
  const unused = new Set<string>();
  for await (const line of lines) {
    for (const key of unusedKeys(line)) unused.add(key);
    const place = `${name}:${line.number}`;
    const result = itemOfLine(line, file);
    if ('problem' in result) {
      problems.push({ kind: 'bad_line', place, message: result.problem });
    } else if (items.has(result.item.id)) {
      const message = `"${result.item.id}" stands in an earlier line already; give one of them another id`;
      problems.push({ kind: 'bad_line', place, message });
    } else {
      items.set(result.item.id, result.item);
      const missing = await missingFile(result.item, place);
      if (missing) problems.push(missing);
    }
  }
  if (unused.size > 0) {
    const message = `not used: ${[...unused].join(', ')}; used are path, text, expected, id, group, tags and target_pages`;
    problems.push({ kind: 'unused_keys', place: name, message });
  }
  return { items: [...items.values()], problems };
}

function linesOf(file: string, shown: string) {
  const extension = extname(file).toLowerCase();
  if (extension === '.jsonl' || extension === '.ndjson') return readJsonlManifest(file);
  if (extension === '.csv') return readCsvManifest(file);
  throw new DocketError('request.invalid_input', `${shown} is no data set: ${SHAPE}`);
}

async function missingFile({ source }: DatasetItem, place: string): Promise<DatasetProblem | undefined> {
  if ('text' in source || (await isFile(source.path))) return undefined;
  return { kind: 'missing_file', place, message: `there is no file ${source.path}; it counts as failed` };
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
