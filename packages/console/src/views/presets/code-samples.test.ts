import { expect, test } from 'vitest';
import { CODE_LANGUAGES, writeCode } from './code-samples.js';

const subject = { baseUrl: 'https://docket.example/base', presetId: 'cfg-1', isKeyWanted: false };

test.each(CODE_LANGUAGES)('%s has the address and the preset, and never a key', (language) => {
  const code = writeCode(language, subject);
  expect(code).toContain(subject.baseUrl);
  expect(code).toContain(subject.presetId);
  expect(code).not.toContain('DOCKET_KEY');
  expect(writeCode(language, { ...subject, isKeyWanted: true })).toContain('DOCKET_KEY');
});
