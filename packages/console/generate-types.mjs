// Writes src/api/schema.d.ts, the types of the HTTP API, from the description that a running server gives:
// node packages/console/generate-types.mjs http://127.0.0.1:8484
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

/** Where the types are kept. */
export const schemaFile = fileURLToPath(new URL('./src/api/schema.d.ts', import.meta.url));

const NOTE = '// Written by packages/console/generate-types.mjs from /openapi.json; do not edit.\n\n';

/**
 * The types of an API.
 * @param {object} description The content of `/openapi.json`
 * @returns {Promise<string>} TypeScript
 */
export async function generateTypes(description) {
  return NOTE + astToString(await openapi(description));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const response = await fetch(new URL('/openapi.json', process.argv[2] ?? 'http://127.0.0.1:8484'));
  await writeFile(schemaFile, await generateTypes(await response.json()));
}
