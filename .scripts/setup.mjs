// Installs and builds what is not installed and built yet: `npm run setup`. Needs Node and npm alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@10.34.9';
const OLDEST_NODE = [20, 19];
const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.docket-setup');

/** Makes the checkout ready to run; prints only what takes time or goes wrong. */
export function setUp() {
  assertNodeVersion();
  install();
  build();
}

/** Runs a command in the checkout and ends this program when it fails. */
export function run(command, commandArguments, options = {}) {
  const { status, error } = spawnSync(command, commandArguments, { cwd: root, stdio: 'inherit', ...options });
  if (error) fail(`${command} cannot be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** The path of a program that a package of the workspace brings. */
export function binary(name) {
  return join(root, 'node_modules', '.bin', name);
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(
    `this is Node ${process.versions.node}; Docket needs ${OLDEST_NODE.join('.')} or newer: install it from nodejs.org`,
  );
}

function install() {
  const stamp = hashOf(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packageFiles()]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  run('npx', ['-y', PNPM, 'install', '--frozen-lockfile'], {
    env: { ...process.env, ...nativeBuildSettings(), NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
  });
  writeFileSync(stampFile, stamp);
}

function build() {
  run(binary('tsc'), ['-b']);
  for (const script of ['build-knowledge.mjs', 'build-bundles.mjs', 'build-console.mjs'])
    run(process.execPath, [join(root, '.scripts', script)]);
}

/** Native packages that find no prebuilt binary compile against Node's own headers, where those are at hand. */
function nativeBuildSettings() {
  if (process.env.npm_config_nodedir) return {};
  const candidates = [dirname(dirname(process.execPath)), '/usr'];
  const folder = candidates.find((candidate) => existsSync(join(candidate, 'include', 'node', 'node.h')));
  return folder ? { npm_config_nodedir: folder } : {};
}

function packageFiles() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name));
  const files = [...packages, 'models', 'bench', 'test'].map((folder) => join(folder, 'package.json'));
  return files.filter((file) => existsSync(join(root, file)));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function fail(message) {
  console.error(`set-up: ${message}`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
