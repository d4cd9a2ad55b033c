import { spawn } from 'node:child_process';
import { DocketError } from '../../errors.js';
import type { PageImage } from '../page-image.js';
import { encodeGreyTiff } from './grey-tiff.js';
import { installedLanguages } from './installed-languages.js';
import { OcrNotInstalled } from './load-optional.js';
import type { OcrEngine, OcrLanguage, OcrText, RecogniseOptions } from './ocr-engine.js';
import { DOTS_PER_INCH, LAYOUT_MODES } from './tesseract-parameters.js';
import { parseTesseractTsv } from './tesseract-tsv.js';

const COMMAND = 'tesseract';

/** What brings the command. */
const ADVICE =
  'install it (Debian, Ubuntu: apt-get install tesseract-ocr; macOS: brew install tesseract) or set ocrEngine to tesseract.js';

/** The command `tesseract` of this machine: a process for each picture, which gets it through a pipe. */
export class TesseractCommandEngine implements OcrEngine {
  private constructor(
    readonly identity: string,
    private readonly own: readonly OcrLanguage[],
    private readonly folder: string | undefined,
  ) {}

  /** @throws OcrNotInstalled */
  static async start(folder: string | undefined): Promise<TesseractCommandEngine> {
    const version = await run(['--version']).catch((error: unknown) => {
      throw new OcrNotInstalled(`the command ${COMMAND} cannot be run: ${ADVICE}`, error);
    });
    const name = version.match(/tesseract v?([\w.-]+)/)?.[1] ?? 'unknown';
    const codes = (await run(['--list-langs'])).split('\n').slice(1);
    const own = codes
      .map((code) => code.trim())
      .filter((code) => code !== '' && code !== 'osd')
      .map((code) => ({ code, identity: `${code}-own`, source: `${COMMAND} ${name}` }));
    return new TesseractCommandEngine(`${COMMAND}-${name}`, own, folder);
  }

  async languages(): Promise<readonly OcrLanguage[]> {
    const added = (await installedLanguages(this.folder)).filter(({ file }) => file?.endsWith('.traineddata'));
    const codes = new Set(this.own.map(({ code }) => code));
    return [...this.own, ...added.filter(({ code }) => !codes.has(code))].sort((one, other) =>
      one.code < other.code ? -1 : 1,
    );
  }

  async recognise(image: PageImage, { languages, layout = 'page', signal }: RecogniseOptions): Promise<OcrText> {
    signal?.throwIfAborted();
    // It has one folder of data at a time: a language that was added is read by itself.
    const added = languages.filter((code) => this.own.every((one) => one.code !== code));
    const place = added.length > 0 && this.folder !== undefined ? ['--tessdata-dir', this.folder] : [];
    const codes = (added.length > 0 ? added : languages).join('+');
    const mode = ['--psm', LAYOUT_MODES[layout], '--dpi', DOTS_PER_INCH];
    try {
      return parseTesseractTsv(
        await run(['stdin', 'stdout', ...place, '-l', codes, ...mode, 'tsv'], encodeGreyTiff(image), signal),
      );
    } catch (error) {
      signal?.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      throw new DocketError('document.corrupt', `OCR broke off: ${why}`, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** What the command prints. One thread: documents are what is worked on side by side. */
function run(parameters: readonly string[], input?: Uint8Array, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(COMMAND, [...parameters], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
      ...(signal ? { signal, killSignal: 'SIGKILL' } : {}),
    });
    const [out, problems]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => problems.push(chunk));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(new Error(Buffer.concat(problems).toString('utf8').trim().split('\n', 1)[0] || `status ${code}`));
    });
    child.stdin.end(input);
  });
}
