import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { describeOcrEngine } from '../testing/describe-ocr-engine.js';
import { TesseractCommandEngine } from './tesseract-command-engine.js';

const isThere = spawnSync('tesseract', ['--version']).status === 0;

describe.skipIf(!isThere)(`TesseractCommandEngine${isThere ? '' : ' (the command tesseract is not installed)'}`, () => {
  describeOcrEngine('contract', () => TesseractCommandEngine.start(undefined));
});
