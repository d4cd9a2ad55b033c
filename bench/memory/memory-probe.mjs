// Classifies many documents of all lengths in this process and says on standard output how much memory it has every so
// many of them. Argument: JSON, {documents, options}: how many, and the options of the engine.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { doctypesFolder } from '../../models/index.js';
import { classifyDocument } from '../../packages/core/dist/index.js';

const EVERY = 25;
const RULES = 10;

const { documents, options } = JSON.parse(process.argv[2]);
const folder = join(doctypesFolder, 'samples');
const names = (await readdir(folder)).sort();
const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
const rules = texts.slice(0, RULES).map((text, index) => ({ type: names[index], description: text.slice(0, 200) }));

const samples = [];
for (let count = 1; count <= documents; count++) {
  // From one sample to twelve in a row: no two texts are alike.
  const parts = Array.from({ length: 1 + (count % 12) }, (_, part) => texts[(count * 5 + part * 17) % texts.length]);
  const bytes = Buffer.from(`${count}\n${parts.join('\n\n')}`);
  await classifyDocument({ document: { bytes, name: `${count}.txt` }, rules, ...options });
  if (count % EVERY > 0) continue;
  // What waits for the garbage collector is no leak.
  globalThis.gc();
  samples.push({ documents: count, bytes: process.memoryUsage.rss() });
}
console.log(JSON.stringify(samples));
