import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fixturesFolder } from '../support/project.js';
import { runProcess } from '../support/run-docket.js';
import { serversForSuite } from './stage.js';

/** A Python that has the package `llama-cloud`, version 2.4.1 or later. */
const interpreter = process.env['LLAMA_CLOUD_PYTHON'];
const program = fileURLToPath(new URL('python_flow.py', import.meta.url));

describe('the Python client', () => {
  if (interpreter === undefined) {
    test.skip('is not here: set LLAMA_CLOUD_PYTHON to an interpreter that has llama-cloud', () => {});
    return;
  }
  const { server } = serversForSuite({ server: {} });

  test('runs a program written for the cloud', async () => {
    const documents = ['invoice-1p.pdf', 'recipe.html'].map((name) => join(fixturesFolder, 'documents', name));
    const env = { LLAMA_CLOUD_BASE_URL: server.url, LLAMA_CLOUD_API_KEY: 'llx-local', PYTHONDONTWRITEBYTECODE: '1' };
    const { exitCode, stdout, stderr } = await runProcess([interpreter, program, ...documents], { env });
    expect(exitCode, stderr).toBe(0);
    const outcome = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(outcome).toMatchObject({ run: 'invoice', preset: 'recipe', async: 'recipe' });
  });
});
