import { afterEach, describe, expect } from 'vitest';
import { declareLlamaCloud16 } from './llama-cloud-1-6.js';
import { declareLlamaCloud24 } from './llama-cloud-2-4.js';
import { declareLlamaCloud216 } from './llama-cloud-2-16.js';
import { declareConsole } from './plain/console.js';
import { declareHttp } from './plain/http.js';
import { declareJobs } from './plain/jobs.js';
import { declareLeniency } from './plain/leniency.js';
import { declareOperations } from './plain/operations.js';
import { declareSites } from './plain/sites.js';
import { declareValidation } from './plain/validation.js';
import type { Stage } from './stage.js';

/** What clients of all versions, and those without one, do with servers. */
export function declareClients(stage: Stage): void {
  afterEach(() => {
    expect(stage.recorder.takeFaults(), 'answers that are not as the contract says').toEqual([]);
  });
  declareLlamaCloud216(stage);
  declareLlamaCloud24(stage);
  declareLlamaCloud16(stage);
  describe('plain fetch', () => {
    declareJobs(stage);
    declareValidation(stage);
    declareLeniency(stage);
    declareHttp(stage);
    declareSites(stage);
    declareOperations(stage);
    declareConsole(stage);
  });
}
