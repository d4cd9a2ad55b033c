import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file of the console, ready to be handed out. */
export interface ConsoleFile {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same, packed; absent where that saves nothing. */
  readonly packed?: Uint8Array<ArrayBuffer>;
  /** With its quotes. */
  readonly etag: string;
  /** Whether its name changes with its content. */
  readonly isHashed: boolean;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

const WORTH_PACKING: ReadonlySet<string> = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.ttf', '.wasm']);

/** What fits into one packet anyway. */
const FEWEST_PACKED_BYTES = 1024;

/** As Vite names what it builds, and what comes with a version of pdf.js. */
const HASHED = /^assets\/(?:.*-[\w-]{8}\.\w+|pdfjs-[\d.]+\/.*)$/;

const pack = promisify(gzip);

/** The built files of the console: looked for at the first request, kept once they were asked for. */
export class ConsoleFiles {
  private places: ReadonlyMap<string, string> | undefined;
  private readonly loaded = new Map<string, Promise<ConsoleFile>>();

  /** @param folder Where they are; undefined: the package is not there */
  constructor(private readonly folder: string | undefined = builtFolder()) {}

  /** Whether the console was built. */
  async isBuilt(): Promise<boolean> {
    return (await this.list()).has('index.html');
  }

  /**
   * Gets a file by its path, such as `assets/index-Bx3k9aQ1.js`. Only what was found in the folder has one: no path leads
   * out of it.
   */
  async get(path: string): Promise<ConsoleFile | undefined> {
    const place = (await this.list()).get(path);
    if (place === undefined) return undefined;
    const loading = this.loaded.get(path) ?? load(path, place);
    this.loaded.set(path, loading);
    loading.catch(() => this.forget());
    return await loading;
  }

  private async list(): Promise<ReadonlyMap<string, string>> {
    if (this.places !== undefined) return this.places;
    const places = this.folder === undefined ? new Map<string, string>() : await listFiles(this.folder);
    if (places.has('index.html')) this.places = places;
    return places;
  }

  /** It was built anew meanwhile. */
  private forget(): void {
    this.places = undefined;
    this.loaded.clear();
  }
}

function builtFolder(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@docket/console/package.json')), 'dist');
  } catch {
    return undefined;
  }
}

async function listFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), file]));
}

async function load(path: string, place: string): Promise<ConsoleFile> {
  const bytes = await readFile(place);
  const extension = extname(path);
  const isPacked = WORTH_PACKING.has(extension) && bytes.length >= FEWEST_PACKED_BYTES;
  return {
    contentType: CONTENT_TYPES[extension] ?? 'application/octet-stream',
    bytes: new Uint8Array(bytes),
    ...(isPacked ? { packed: new Uint8Array(await pack(bytes, { level: 9 })) } : {}),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
    isHashed: HASHED.test(path),
  };
}
