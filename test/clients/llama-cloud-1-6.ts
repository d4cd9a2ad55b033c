import * as clientModule from 'llama-cloud-1-6';
import { describe } from 'vitest';
import { declareErrorsFlow } from './flows/errors.js';
import { declareFilesFlow } from './flows/files.js';
import { declareParsingFlow } from './flows/parsing.js';
import { declareProjectsFlow } from './flows/projects.js';
import { type ClientOptions, clientOptions, type Stage } from './stage.js';

const NAME = '1.6.0';

/** What version 1.6.0 of the client does: files, parsing and projects. It has no classify v2. */
export function declareLlamaCloud16(stage: Stage): void {
  const connect = (options: ClientOptions) => new clientModule.LlamaCloud(options);
  const client = () => connect(clientOptions(stage, NAME));

  describe(`@llamaindex/llama-cloud ${NAME}`, () => {
    declareFilesFlow({
      client,
      toFile: clientModule.toFile,
      locate: (fileId, query) => client().files.get(fileId, query),
    });
    declareParsingFlow(client);
    declareProjectsFlow(client);
    declareErrorsFlow({ stage, name: NAME, classes: clientModule, connect });
  });
}
