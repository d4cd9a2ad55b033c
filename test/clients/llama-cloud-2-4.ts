import * as clientModule from 'llama-cloud-2-4';
import { describe } from 'vitest';
import { declareClassifyFlow } from './flows/classify.js';
import { declareClassifyListsFlow } from './flows/classify-lists.js';
import { declareConfigurationsFlow } from './flows/configurations.js';
import { declareConflictsFlow } from './flows/conflicts.js';
import { declareErrorsFlow } from './flows/errors.js';
import { declareFilesFlow } from './flows/files.js';
import { declareParsingFlow } from './flows/parsing.js';
import { declareProjectsFlow } from './flows/projects.js';
import { type ClientOptions, clientOptions, type Stage } from './stage.js';

const NAME = '2.4.1';

/** What version 2.4.1 of the client does: everything but to retrieve a file, and to cancel and to delete a classify job. */
export function declareLlamaCloud24(stage: Stage): void {
  const connect = (options: ClientOptions) => new clientModule.LlamaCloud(options);
  const client = () => connect(clientOptions(stage, NAME));
  const flow = { stage, name: NAME, classes: clientModule, connect } as const;

  describe(`@llamaindex/llama-cloud ${NAME}`, () => {
    declareFilesFlow({
      client,
      toFile: clientModule.toFile,
      locate: (fileId, query) => client().files.get(fileId, query),
    });
    declareConfigurationsFlow(client);
    declareClassifyFlow(client);
    declareClassifyListsFlow(client);
    declareParsingFlow(client);
    declareProjectsFlow(client);
    declareErrorsFlow(flow);
    declareConflictsFlow(flow);
  });
}
