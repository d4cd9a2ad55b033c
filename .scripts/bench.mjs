// `npm run bench`: builds, then runs all benchmarks one after the other, or those named, and rewrites bench/results.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binary, setUp } from './setup.mjs';

/** Scripts of bench/package.json that write something else than results. */
const NO_BENCHMARKS = new Set(['fit', 'rules']);

const folder = fileURLToPath(new URL('../bench/', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const names = Object.keys(scripts).filter((name) => !NO_BENCHMARKS.has(name));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}

setUp();
const lines = [];
for (const name of asked.length > 0 ? asked : names) {
  console.log(`\n--- ${name} ---\n`);
  const [, ...rest] = scripts[name].split(' ');
  const started = performance.now();
  const { status } = spawnSync(binary('tsx'), rest, { cwd: folder, stdio: 'inherit' });
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  lines.push(`${name}: ${minutes} minutes${status === 0 ? '' : `, FAILED (${status})`}`);
  if (status !== 0) process.exitCode = 1;
}
console.log(`\n${lines.join('\n')}`);
