// Runs a bundle on sample documents and keeps what V8 compiled for it. Argument: `engine-worker` or `classify`.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const root = fileURLToPath(new URL('../..', import.meta.url));
const startup = join(root, 'packages/core/dist/startup');
const { runBundle } = await import(join(startup, 'run-bundle.js'));
const { codeCacheFile } = await import(join(startup, 'code-cache-file.js'));
const documents = ['invoice-1p.pdf', 'minutes.txt'].map((name) => join(root, 'test/fixtures/documents', name));
const rules = join(root, 'test/fixtures/rules.yaml');
const scripts = new Map();
const load = (file) => runBundle(join(root, file), (path, script) => scripts.set(path, script));

// What was compiled must still be there at the end.
setFlagsFromString('--no-flush-bytecode');
await (process.argv[2] === 'classify' ? runCommand() : runWorker());
setFlagsFromString('--flush-bytecode');
for (const [file, script] of scripts) await writeFile(codeCacheFile(file), script.createCachedData());
process.exit();

async function runCommand() {
  process.argv = [process.argv[0], 'docket', 'classify', ...documents, '--rules', rules, '--format', 'jsonl'];
  process.stdout.write = (_, done) => done?.() ?? true;
  await load('packages/cli/dist/bundled/classify.cjs').main();
}

async function runWorker() {
  const { DEFAULT_LIMITS, readRuleFile } = await import(join(root, 'packages/core/dist/index.js'));
  load('packages/core/dist/bundled/engine-worker.cjs');
  const request = { rules: (await readRuleFile(rules)).rules };
  // pdf.js is a script of its own, loaded by those who ask for it.
  const requests = [...documents.map((document) => ({ document })), { document: documents[0], pdfReader: 'pdfjs' }];
  for (const [id, { document, pdfReader }] of requests.entries()) {
    const answered = new Promise((resolve, reject) => {
      process.send = (reply) => {
        if (reply.kind === 'done') resolve();
        if (reply.kind === 'failed') reject(new Error(reply.message));
      };
    });
    process.emit('message', {
      kind: 'classify',
      id,
      engine: { scorer: 'auto', knowledge: '' },
      limits: DEFAULT_LIMITS,
      request: { ...request, document, pdfReader },
    });
    await answered;
  }
}
