// Writes src/api/schema.d.ts, the types of the HTTP API, from the description that a running server gives:
// node packages/console/generate-types.mjs http://127.0.0.1:8484 [--check]
// --check writes nothing and fails when the file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

const NOTE = '// Written by packages/console/generate-types.mjs from /openapi.json; do not edit.\n\n';

const file = fileURLToPath(new URL('./src/api/schema.d.ts', import.meta.url));
const [address = 'http://127.0.0.1:8484', mode] = process.argv.slice(2);
const response = await fetch(new URL('/openapi.json', address));
const types = NOTE + astToString(await openapi(await response.json()));
if (mode !== '--check') await writeFile(file, types);
else if ((await readFile(file, 'utf8')) !== types) {
  console.error(
    'stale: packages/console/src/api/schema.d.ts; run packages/console/generate-types.mjs and commit the result',
  );
  process.exitCode = 1;
}
