// `npm run quickstart`: sets Docket up and classifies the sample documents.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setUp } from './setup.mjs';

setUp();
const root = fileURLToPath(new URL('..', import.meta.url));
const command = 'classify test/fixtures/documents --rules test/fixtures/rules.yaml';
console.log(`\n$ docket ${command}\n`);
const { status } = spawnSync(process.execPath, ['packages/cli/bin/docket.js', ...command.split(' ')], {
  cwd: root,
  stdio: 'inherit',
});
if (status === 1) {
  console.log('\nOne of the samples fails on purpose: it is encrypted.');
  console.log('Try your own: node packages/cli/bin/docket.js classify FILE... --rules test/fixtures/rules.yaml');
}
process.exitCode = status === 1 ? 0 : (status ?? 1);
