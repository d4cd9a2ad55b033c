import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { jsonReader } from './json-reader.js';

describe('jsonReader', () => {
  it('gives strings and numbers with their keys, in order', async () => {
    const source =
      '{"type":"invoice","lines":[{"item":"Pen","price":2.5}],"tags":["a","b"],"paid":true,"note":null,"x":""}';
    expect((await readText(jsonReader, source)).text).toBe('type: invoice\nitem: Pen\nprice: 2.5\ntags: a\ntags: b');
  });

  it('reads JSON Lines', async () => {
    expect((await readText(jsonReader, '{"a":"x"}\n\n{"a":"y"}\n')).text).toBe('a: x\na: y');
  });

  it('reads invalid JSON as plain text', async () => {
    expect((await readText(jsonReader, '{"a": "x", // note\n')).text).toBe('{"a": "x", // note\n');
  });

  it('is not harmed by depth or width', async () => {
    const deep = `${'[{"a":'.repeat(200_000)}"x"${'}]'.repeat(200_000)}`;
    expect((await readText(jsonReader, deep)).text).toBe('a: x');
    const wide = `{${Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join(',')}}`;
    expect((await readText(jsonReader, wide)).text).toMatch(/^k0: 1\nk1: 1\n/);
  });

  it('gives JSON without text as none', async () => {
    expect(await readText(jsonReader, '{"a":[null,true]}')).toMatchObject({ method: 'none' });
  });

  it('counts keys that are repeated on every line', async () => {
    const limits = { ...TEST_LIMITS, maxCharacters: 100 };
    const source = `{"quite a long key":[${'1,'.repeat(30)}1]}`;
    await expect(readText(jsonReader, source, { limits })).rejects.toMatchObject({ code: 'document.too_large' });
  });
});
