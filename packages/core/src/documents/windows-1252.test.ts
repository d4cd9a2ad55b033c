import { describe, expect, it } from 'vitest';
import { restoreWindows1252 } from './windows-1252.js';

describe('restoreWindows1252', () => {
  it('agrees with the encoding standard', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const latin1 = Buffer.from(bytes).toString('latin1');
    expect(restoreWindows1252(latin1)).toBe(new TextDecoder('windows-1252').decode(bytes, { stream: true }));
  });

  it('restores quotes, dashes and the euro sign', () => {
    expect(restoreWindows1252('\u0093a\u0094 \u0096 5 \u0080 é')).toBe('“a” – 5 € é');
  });
});
