import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseLanguages } from './choose-languages.js';
import { installedLanguages } from './installed-languages.js';
import { isoCode, namedLanguages, tesseractCode } from './language-codes.js';
import { OcrNotInstalled } from './load-optional.js';

const installed = (...codes: string[]) => codes.map((code) => ({ code, identity: code, source: code }));

describe('codes of languages', () => {
  it.each([
    ['de', 'deu'],
    ['pt-BR', 'por'],
    ['ZH', 'chi_sim'],
    ['zh-Hant', 'chi_tra'],
    ['zh-TW', 'chi_tra'],
    ['xx', undefined],
    ['', undefined],
  ])('%s is %s', (iso, code) => expect(tesseractCode(iso)).toBe(code));

  it('lead back', () => {
    expect([isoCode('deu'), isoCode('chi_tra'), isoCode('nor'), isoCode('osd')]).toEqual(['de', 'zh', 'no', undefined]);
  });

  it("count as named, except for the API's default", () => {
    expect([undefined, null, '', 'en', 'EN'].map(namedLanguages)).toEqual([[], [], [], [], []]);
    expect(namedLanguages('de')).toEqual(['de']);
    expect(namedLanguages('en, de')).toEqual(['en', 'de']);
  });
});

describe('installedLanguages', () => {
  it('leaves out what cannot be looked at: a link to nowhere', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docket-languages-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await symlink(join(folder, 'away'), join(folder, 'deu.traineddata'));
    await writeFile(join(folder, 'fra.traineddata'), 'x');
    const own = (await installedLanguages(folder)).filter(({ source }) => source.startsWith(folder));
    expect(own.map(({ code }) => code)).toEqual(['fra']);
  });
});

describe('chooseLanguages', () => {
  it('takes English, or what there is, where nothing is named', () => {
    expect(chooseLanguages('en', installed('deu', 'eng'))).toEqual({ codes: ['eng'], areNamed: false });
    expect(chooseLanguages(undefined, installed('deu'))).toEqual({ codes: ['deu'], areNamed: false });
  });

  it('takes what is named', () => {
    expect(chooseLanguages('de,en', installed('deu', 'eng'))).toEqual({ codes: ['deu', 'eng'], areNamed: true });
  });

  it('says how to install what is named and missing', () => {
    expect(() => chooseLanguages('de', installed('eng'))).toThrow(
      /@tesseract.js-data\/deu.*docket ocr add deu.traineddata/,
    );
    expect(() => chooseLanguages('xx', installed('eng'))).toThrow(/knows no language xx/);
    expect(() => chooseLanguages('en', [])).toThrow(OcrNotInstalled);
  });
});
