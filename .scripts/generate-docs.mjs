// Writes what in docs/ follows from the code: rules.schema.json, bench-run.schema.json and the table of settings in configuration.md.
// Reads the built engine (`npm run setup` builds it). --check writes nothing and fails when a file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationTable, ruleFileJsonSchema } from '../packages/core/dist/index.js';
import { runJsonSchema } from '../packages/evals/dist/results/run-schema.js';

const BEGIN = '<!-- settings: begin -->';
const END = '<!-- settings: end -->';
const docs = fileURLToPath(new URL('../docs', import.meta.url));

const stale = [];
await update('rules.schema.json', () => `${JSON.stringify(ruleFileJsonSchema(), null, 2)}\n`);
await update('bench-run.schema.json', () => `${JSON.stringify(runJsonSchema(), null, 2)}\n`);
await update('configuration.md', (text) => replaceBetween(text, alignTable(configurationTable())));

if (stale.length > 0 && process.argv.includes('--check')) {
  console.error(`stale: ${stale.join(', ')}; run node .scripts/generate-docs.mjs and commit the result`);
  process.exitCode = 1;
} else console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'the generated docs are up to date');

async function update(name, generate) {
  const file = join(docs, name);
  const before = await readFile(file, 'utf8').catch(() => '');
  const after = generate(before);
  if (after === before) return;
  stale.push(`docs/${name}`);
  if (!process.argv.includes('--check')) await writeFile(file, after);
}

function replaceBetween(text, table) {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`docs/configuration.md lacks the lines ${BEGIN} and ${END}`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
}

/** Pads the cells of a Markdown table as the formatter does. */
function alignTable(table) {
  const rows = table.split('\n').map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row, index) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column], index === 1 ? '-' : ' '));
    return `| ${cells.join(' | ')} |`;
  });
  return lines.join('\n');
}
