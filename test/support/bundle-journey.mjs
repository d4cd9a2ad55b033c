// The way of a bundle on the other machine, from the archive to results, without anything but Node: unpack, verify, doctor,
// classify, bench, serve, upload, classify by the API, stop. Prints what came out as JSON.
// node bundle-journey.mjs ARCHIVE TAR DOCUMENT RULES FOLDER
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';

const [archive, tar, document, rules, folder] = process.argv.slice(2);
const [bin, home, installed, work] = ['bin', 'home', 'opt', 'work'].map((name) => {
  mkdirSync(join(folder, name));
  return join(folder, name);
});
symlinkSync(process.execPath, join(bin, 'node'));
execFileSync(tar, ['xzf', archive, '-C', installed], { env: { PATH: process.env.PATH } });
const [name] = readdirSync(installed);
const docket = join(installed, name, 'docket');
const options = { cwd: work, env: { PATH: bin, HOME: home } };

function run(...argv) {
  const { status, stdout, stderr } = spawnSync(docket, argv, { ...options, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const results = {
  verify: run('verify'),
  doctor: run('doctor'),
  models: run('models', 'list', '--format', 'json'),
  classify: run('classify', document, '--rules', rules, '--format', 'jsonl'),
  withModel: run(
    'classify',
    document,
    '--rules',
    rules,
    '--format',
    'jsonl',
    '--scorer',
    'static',
    '--model',
    'own-static',
  ),
  init: run('bench', 'init', 'example'),
  bench: run('bench', 'run', 'example/documents', '--rules', 'example/rules.yaml', '--out', 'run'),
  report: readdirSync(join(work, 'run')).sort(),
  served: await serve(),
  home: readdirSync(home),
};
console.log(JSON.stringify(results));

async function serve() {
  const server = spawn(docket, ['serve', '--port', '0'], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  const url = await addressOf(server);
  const answers = await classifyByApi(url);
  server.kill('SIGTERM');
  const [exitCode] = await ended;
  return { ...answers, exitCode };
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    const lines = [];
    server.on('exit', () => reject(new Error(lines.join('\n'))));
    createInterface({ input: server.stderr }).on('line', (line) => {
      lines.push(line);
      const found = /"url":"([^"]+)"/.exec(line);
      if (line.includes('"listening"') && found) resolve(found[1].replace(/\/$/, ''));
    });
  });
}

async function classifyByApi(url) {
  const form = new FormData();
  form.set('purpose', 'classify');
  form.set('file', new Blob([readFileSync(document)]), basename(document));
  const uploaded = await (await fetch(`${url}/api/v1/beta/files`, { method: 'POST', body: form })).json();
  const body = JSON.stringify({
    file_input: uploaded.id,
    configuration: { rules: [{ type: 'invoice', description: 'A bill with an invoice number and the total due' }] },
  });
  const headers = { 'content-type': 'application/json', prefer: 'wait=30' };
  const created = await (await fetch(`${url}/api/v2/classify`, { method: 'POST', headers, body })).json();
  const job = await (await fetch(`${url}/api/v2/classify/${created.id}`, { headers })).json();
  const page = await fetch(`${url}/docs`);
  const script = /src="\.(\/docs\/[^"]+)"/.exec(await page.text())?.[1];
  const answers = [page.status, (await fetch(`${url}${script}`)).status];
  return { job: { status: job.status, type: job.result?.type }, docs: answers, console: await openConsole(url) };
}

/** The page with its script, and a sample scored as it does that. */
async function openConsole(url) {
  const page = await fetch(url);
  const script = /src="\.(\/assets\/[^"]+)"/.exec(await page.text())?.[1];
  const { rules, documents } = await (await fetch(`${url}/api/local/samples`)).json();
  const [{ name, url: place }] = documents;
  const form = new FormData();
  form.set('purpose', 'try');
  form.set('file', await (await fetch(`${url}${place}`)).blob(), name);
  const { id } = await (await fetch(`${url}/api/local/files`, { method: 'POST', body: form })).json();
  const body = JSON.stringify({ file_id: id, configuration: { rules } });
  const headers = { 'content-type': 'application/json' };
  const scored = await (await fetch(`${url}/api/local/score`, { method: 'POST', headers, body })).json();
  return { page: [page.status, (await fetch(`${url}${script}`)).status], sample: scored.result?.type };
}
