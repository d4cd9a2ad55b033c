/** The languages that a preset is shown in. */
export const CODE_LANGUAGES = ['TypeScript', 'Python', 'curl'] as const;

/** One of them. */
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

/** What a program needs to use a preset. */
export interface CodeSubject {
  /** The server's address, without a trailing slash. */
  readonly baseUrl: string;
  readonly presetId: string;
  /** Whether the server wants a key, which a program then takes from its environment. */
  readonly isKeyWanted: boolean;
}

const WRITERS: Readonly<Record<CodeLanguage, (subject: CodeSubject) => string>> = {
  TypeScript: writeTypeScript,
  Python: writePython,
  curl: writeCurl,
};

/** A program that classifies a file by a preset, with the official client of a language, or with curl. */
export function writeCode(language: CodeLanguage, subject: CodeSubject): string {
  return WRITERS[language](subject);
}

function writeTypeScript({ baseUrl, presetId, isKeyWanted }: CodeSubject): string {
  return `import { createReadStream } from 'node:fs';
import { LlamaCloud } from '@llamaindex/llama-cloud';

const client = new LlamaCloud({
  apiKey: ${isKeyWanted ? 'process.env.DOCKET_KEY' : "'local'"},
  baseURL: '${baseUrl}',
});

const file = await client.files.create({
  file: createReadStream('document.pdf'),
  purpose: 'classify',
});
const job = await client.classify.run({
  file_input: file.id,
  configuration_id: '${presetId}',
});
console.log(job.result);
`;
}

function writePython({ baseUrl, presetId, isKeyWanted }: CodeSubject): string {
  return `${isKeyWanted ? 'import os\n\n' : ''}from llama_cloud import LlamaCloud

client = LlamaCloud(
    api_key=${isKeyWanted ? 'os.environ["DOCKET_KEY"]' : '"local"'},
    base_url="${baseUrl}",
)

with open("document.pdf", "rb") as stream:
    file = client.files.create(file=stream, purpose="classify")
job = client.classify.run(
    file_input=file.id,
    configuration_id="${presetId}",
)
print(job.result)
`;
}

function writeCurl({ baseUrl, presetId, isKeyWanted }: CodeSubject): string {
  const key = isKeyWanted ? ' \\\n  -H "authorization: Bearer $DOCKET_KEY"' : '';
  return `file=$(curl -s ${baseUrl}/api/v1/beta/files${key} \\
  -F file=@document.pdf -F purpose=classify | jq -r .id)

curl -s ${baseUrl}/api/v2/classify${key} \\
  -H 'content-type: application/json' -H 'prefer: wait=30' \\
  -d '{
    "file_input": "'$file'",
    "configuration_id": "${presetId}"
  }'
`;
}
