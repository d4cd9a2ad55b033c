import { join } from 'node:path';
import { readRuleFile } from '@docket/core';
import type { LlamaCloud } from 'llama-cloud-2-16';
import { describe, expect, test } from 'vitest';
import { expectedResults, fixturesFolder } from '../support/project.js';
import { documentFile, EAGER } from './stage.js';

/** The fixture documents with the sample rules, uploaded and classified: the same answers as on the command line. */
export function declareFixtureDocuments(client: () => LlamaCloud): void {
  describe('the fixture documents', async () => {
    const { rules } = await readRuleFile(join(fixturesFolder, 'rules.yaml'));
    const configuration = { rules: rules.map(({ type, description }) => ({ type, description })) };

    test.each(await expectedResults())('%s', async (name, expected) => {
      const { id: file_input } = await client().files.create({ file: documentFile(name), purpose: 'classify' });
      const run = client().classify.run({ file_input, configuration }, EAGER);
      if ('error' in expected) await expect(run).rejects.toThrow(`Error: ${expected.error}: `);
      else expect((await run).result?.type).toBe(expected.type);
    });
  });
}
