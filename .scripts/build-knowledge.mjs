// Compiles models/doctypes into models/compiled/doctypes.json and what scorers make of it into doctypes.bin, and reports
// cues that say little.
// Skips the work when nothing changed since the last time. --report lists the cues by name.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledKnowledgeFile, doctypesFolder, packedKnowledgeFile, staticModelFolder } from '../models/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const code = join(root, 'packages/core/dist');
const knowledgeCode = join(code, 'knowledge');
const stampFile = `${compiledKnowledgeFile}.stamp`;
const full = process.argv.includes('--report');

const stamp = await hashInputs();
if (full || (await readFile(stampFile, 'utf8').catch(() => '')) !== stamp) await build();

async function build() {
  const { compileKnowledge, readKnowledgeFolder } = await import(join(knowledgeCode, 'compile-knowledge.js'));
  const { reviewCues } = await import(join(knowledgeCode, 'review-cues.js'));
  const { packKnowledge } = await import(join(knowledgeCode, 'pack-knowledge.js'));
  const sources = await readKnowledgeFolder(doctypesFolder);
  const knowledge = compileKnowledge(sources);
  const { shared, silent } = reviewCues(sources);
  await mkdir(dirname(compiledKnowledgeFile), { recursive: true });
  await writeFile(compiledKnowledgeFile, JSON.stringify(knowledge));
  await writeFile(packedKnowledgeFile, await packKnowledge(knowledge));
  await writeFile(stampFile, stamp);
  const cues = knowledge.types.reduce((sum, type) => sum + type.cues.length, 0);
  console.log(
    `knowledge: ${knowledge.types.length} types, ${cues} cues, ${knowledge.languages.length} languages (${knowledge.identity})`,
  );
  console.log(`  ${shared.length} English cues are shared by more than five types, ${silent.length} fire on no sample`);
  if (full) {
    for (const { phrase, types } of shared) console.log(`  shared by ${types.length}: ${phrase} (${types.join(', ')})`);
    for (const { phrase, types } of silent) console.log(`  on no sample: ${phrase} (${types.join(', ')})`);
  }
}

async function hashInputs() {
  const hash = createHash('sha256');
  for (const folder of [
    doctypesFolder,
    join(doctypesFolder, 'languages'),
    join(doctypesFolder, 'samples'),
    staticModelFolder,
    ...['knowledge', 'pages', 'rules', 'scoring/evidence', 'scoring/semantic', 'scoring/static'].map((folder) =>
      join(code, folder),
    ),
  ]) {
    for (const name of (await readdir(folder)).sort()) {
      if (/\.(yaml|txt|js|json|safetensors)$/.test(name)) hash.update(name).update(await readFile(join(folder, name)));
    }
  }
  return hash.digest('hex');
}
