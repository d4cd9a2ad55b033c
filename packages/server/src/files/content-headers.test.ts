import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHeaders } from './content-headers.js';

describe('contentHeaders', () => {
  it('names type and length', () => {
    const headers = contentHeaders({ name: 'Scan.PDF', size: 12 });
    expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'content-length': '12' });
  });

  it('takes unknown extensions for bytes', () => {
    expect(contentHeaders({ name: 'data.xyz', size: 1 })['content-type']).toBe('application/octet-stream');
    expect(contentHeaders({ name: 'toString', size: 1 })['content-type']).toBe('application/octet-stream');
    expect(contentHeaders({ name: 'x.constructor', size: 1 })['content-type']).toBe('application/octet-stream');
  });

  it('writes a name in ASCII and in full', () => {
    expect(contentHeaders({ name: "Müller's (1).pdf", size: 1 })['content-disposition']).toBe(
      "attachment; filename=\"M_ller's (1).pdf\"; filename*=UTF-8''M%C3%BCller%27s%20%281%29.pdf",
    );
  });

  it.each([`${'é'.repeat(2996)}.txt`, `${'😀'.repeat(1490)}.txt`, `x.${'é'.repeat(2996)}`, `${"'".repeat(2990)}.txt`])(
    'cuts a name that clients would refuse as a header, and keeps its extension: %#',
    (name) => {
      const header = contentHeaders({ name, size: 1 })['content-disposition'] ?? '';
      expect(header.length).toBeLessThan(4200);
      const read = decodeURIComponent(header.split("UTF-8''")[1] ?? '');
      expect(read.length).toBeGreaterThan(150);
      expect(name.startsWith(read.replace(/\.txt$/, ''))).toBe(true);
      expect(read.endsWith('.txt')).toBe(name.endsWith('.txt'));
    },
  );

  it('lets no name break out of the header', () => {
    const header = contentHeaders({ name: 'a"; x="\r\nset-cookie: y\\.pdf', size: 1 })['content-disposition'] ?? '';
    expect(header).not.toMatch(/[\r\n\\]/);
    expect(header.match(/"/g)).toHaveLength(2);
  });

  it('writes any name so that it is one header, and can be read back', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\r', '\n', '"', ';', '%', "'", '\\', 'é', '\0') }),
    );
    const property = fc.property(name, (name) => {
      const header = contentHeaders({ name, size: 1 })['content-disposition'] ?? '';
      const form = /^attachment; filename="([ !#$&-[\]-~]*)"; filename\*=UTF-8''([\w.!~%-]*)$/;
      expect(decodeURIComponent(form.exec(header)?.[2] ?? 'no match')).toBe(name);
    });
    fc.assert(property, { seed: 20_240_117, numRuns: 500 });
  });
});
