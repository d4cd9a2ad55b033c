import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import { canListProcesses, engineProcessIds } from '../testing/engine-processes.js';
import { fixture, workerIsBuilt } from '../testing/fixtures.js';
import { EnginePool } from './engine-pool.js';

const canLook = workerIsBuilt && canListProcesses;
const reason = canLook ? '' : ' (skipped: packages/core/dist is not built, or there is no /proc)';

describe.skipIf(!canLook)(`the environment of an engine process${reason}`, () => {
  it('has the telemetry of ONNX Runtime off from the start, even if ours has it on', async () => {
    const before = process.env['ORT_DISABLE_TELEMETRY'];
    process.env['ORT_DISABLE_TELEMETRY'] = '0';
    try {
      const options = {
        engine: { scorer: 'evidence' },
        limits: DEFAULT_LIMITS,
        concurrency: 1,
        maxMemoryMb: 1024,
      } as const;
      await using pool = new EnginePool(options);
      const rules = [{ type: 'minutes', description: 'The record of a meeting' }];
      await pool.classify({ document: fixture('documents/minutes.txt'), rules });
      const ids = engineProcessIds();
      expect(ids).toHaveLength(1);
      const environment = readFileSync(`/proc/${ids[0]}/environ`, 'utf8').split('\0');
      expect(environment.filter((entry) => entry.startsWith('ORT_'))).toEqual(['ORT_DISABLE_TELEMETRY=1']);
    } finally {
      if (before === undefined) delete process.env['ORT_DISABLE_TELEMETRY'];
      else process.env['ORT_DISABLE_TELEMETRY'] = before;
    }
  });
});
