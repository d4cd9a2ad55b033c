import { readFileSync } from 'node:fs';
import { documentPath } from './documents.js';

const RULES = [
  { type: 'contract', description: 'An agreement between two parties that sets out their rights and obligations.' },
  { type: 'minutes', description: 'The record of a meeting: who attended, what was discussed and decided.' },
];

/** What makes jobs at a server, as a program does that knows nothing of the console. */
export interface JobMaker {
  readonly url: string;
  readonly fileIds: readonly string[];
}

/** Uploads documents to make jobs of. */
export async function jobMaker(url: string, documents: readonly string[]): Promise<JobMaker> {
  const fileIds = documents.map(async (name) => {
    const body = new FormData();
    body.append('file', new Blob([readFileSync(documentPath(name))]), name);
    body.append('purpose', 'classify');
    const response = await fetch(`${url}/api/v1/beta/files`, { method: 'POST', body });
    return ((await response.json()) as { id: string }).id;
  });
  return { url, fileIds: await Promise.all(fileIds) };
}

/** Makes jobs of the documents in turn. @returns their ids */
export async function createJobs({ url, fileIds }: JobMaker, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const body = JSON.stringify({ file_input: fileIds[number % fileIds.length], configuration: { rules: RULES } });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/v2/classify`, { method: 'POST', headers, body });
    ids.push(((await response.json()) as { id: string }).id);
  }
  return ids;
}
