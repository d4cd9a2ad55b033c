import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseLines } from '../support/outcome.js';
import { fixturesFolder, projectFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const preload = pathToFileURL(join(projectFolder, 'test', 'support', 'without-ocr-packages.mjs'));
const documents = join(fixturesFolder, 'documents');
const folder = temporaryFolder({ 'asked.log': '' });
const log = join(folder, 'asked.log');
const FORMAT = ['--rules', 'rules.yaml', '--format', 'jsonl'];

/** Runs the command where nothing of OCR is installed. */
async function runWithout(paths: readonly string[]) {
  writeFileSync(log, '');
  const env = { OCR_LOG: log, NODE_OPTIONS: `--import ${preload}` };
  const finished = await runDocket(['classify', ...paths, ...FORMAT], { env });
  return { ...finished, asked: readFileSync(log, 'utf8').trim().split('\n').filter(Boolean) };
}

describe('where the packages that OCR needs are not installed', () => {
  const picture = join(folder, 'receipt.png');
  beforeAll(async () => {
    await sharp({ create: { width: 60, height: 40, channels: 3, background: '#fff' } })
      .png()
      .toFile(picture);
  });

  test('scans and pictures have no text, and the command that installs the packages is told', async () => {
    const { exitCode, stdout, asked } = await runWithout([picture, join(documents, 'scanned-receipt.pdf')]);
    expect(exitCode).toBe(1);
    const errors = parseLines(stdout).flatMap((record) => ('error' in record ? record.error : []));
    expect(errors.map(({ code }) => code)).toEqual(['document.no_text', 'document.no_text']);
    for (const { message } of errors) {
      expect(message).toMatch(/pnpm add tesseract\.js@[\d.]+ @tesseract\.js-data\/eng@[\d.]+ sharp@[\d.]+/);
    }
    expect(errors[0]?.message).toContain('this is a picture');
    // What this run proves of the packages, it proves because they were asked for.
    expect(asked).toContain('sharp');
  });

  test('documents with text give the same bytes, and nobody asks for them', async () => {
    const texts = ['invoice-1p.pdf', 'contract-3p.pdf', 'contract-de.docx', 'recipe.html', 'email-thread.eml'].map(
      (name) => join(documents, name),
    );
    const { asked, ...without } = await runWithout(texts);
    expect(asked).toEqual([]);
    expect(without).toEqual(await runDocket(['classify', ...texts, ...FORMAT]));
    expect(without.exitCode).toBe(0);
  });
});
