import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { describe, expect, test } from 'vitest';
import { startProxy } from '../../support/unreliable-proxy.js';
import { clientOptions, documentFile, EAGER, newProject, RULES, rejection } from '../stage.js';
import type { ErrorsFlow } from './errors.js';

const CREATES = 12;

/** The errors that only clients with configurations and classify can run into. */
export interface ConflictsFlow extends ErrorsFlow {
  readonly connect: (options: Parameters<ErrorsFlow['connect']>[0]) => LlamaCloud24 | LlamaCloud216;
}

/** Conflicts and back-pressure, as the clients since 2.0 have them. */
export function declareConflictsFlow({ stage, name, classes, connect }: ConflictsFlow): void {
  test('409 is a ConflictError, and not tried again', async () => {
    await using proxy = await startProxy(stage.server.url, []);
    const client = connect({ ...clientOptions(stage, name), baseURL: proxy.url });
    const parameters = { product_type: 'classify_v2', rules: RULES } as const;
    const project_id = newProject();
    await client.configurations.create({ name: 'one', parameters, project_id });
    const { id } = await client.configurations.create({ name: 'two', parameters, project_id });
    const error = await rejection(client.configurations.update(id, { name: 'one', project_id }));
    expect(error).toBeInstanceOf(classes.ConflictError);
    expect(proxy.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'PUT']);
  });

  test('422 of a create lists all that is wrong at once', async () => {
    const client = connect(clientOptions(stage, name));
    const configuration = {
      rules: [{ type: '', description: 'short' }],
      parsing_configuration: { target_pages: '5-3' },
    };
    const error = await rejection(client.classify.create({ file_input: 'dfl-unknown', configuration }));
    expect(error).toBeInstanceOf(classes.UnprocessableEntityError);
    const at = (...steps: (string | number)[]) => ({ loc: ['body', 'configuration', ...steps] });
    const entries = [
      at('rules', 0, 'type'),
      at('rules', 0, 'description'),
      at('parsing_configuration', 'target_pages'),
    ];
    expect(error).toMatchObject({ error: { detail: entries } });
  });

  describe('a server that is full', () => {
    const options = () => ({ ...clientOptions(stage, name), baseURL: stage.crowded.url });
    const configuration = { rules: RULES };
    const upload = async () => {
      const file = documentFile('manual-40p.pdf');
      return (await connect(options()).files.create({ file, purpose: 'classify' })).id;
    };

    test('answers 429, a RateLimitError, but knows a transaction id all the same', async () => {
      const file_input = await upload();
      const client = connect({ ...options(), maxRetries: 0 });
      const transaction_id = crypto.randomUUID();
      const first = await client.classify.create({ file_input, configuration, transaction_id });
      const creates = Array.from({ length: CREATES }, () => client.classify.create({ file_input, configuration }));
      const again = client.classify.create({ file_input, configuration, transaction_id });
      const outcomes = await Promise.allSettled(creates);
      expect((await again).id).toBe(first.id);
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(refused.length).toBeGreaterThan(0);
      for (const error of refused) {
        expect(error).toBeInstanceOf(classes.RateLimitError);
        const waitMs = Number(error.headers.get('retry-after-ms'));
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThanOrEqual(60_000);
      }
      const accepted = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.id] : []));
      for (const id of [first.id, ...accepted]) await client.classify.waitForCompletion(id, {}, EAGER);
    });

    test('takes every job in the end, when the client tries again', async () => {
      const file_input = await upload();
      const client = connect({ ...options(), maxRetries: 100 });
      const run = () => client.classify.run({ file_input, configuration }, EAGER);
      const jobs = await Promise.all(Array.from({ length: CREATES }, run));
      expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'COMPLETED'));
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(CREATES);
    });
  });
}
