import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { docketProgram, projectFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const deploy = join(projectFolder, 'docs', 'deploy');

/** One instruction of a Dockerfile, continued lines joined. */
interface Instruction {
  readonly name: string;
  readonly value: string;
}

function readDockerfile(): Instruction[] {
  const text = readFileSync(join(deploy, 'Dockerfile'), 'utf8');
  const lines = text.replace(/\\\n\s*/g, ' ').split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...rest] = line.split(' ');
      return { name, value: rest.join(' ') };
    });
}

const instructions = readDockerfile();
const valuesOf = (name: string) => instructions.filter((one) => one.name === name).map(({ value }) => value);

/** Flags of a command in a row of words, which its help must know. */
async function expectKnownFlags(words: readonly string[], command = 'serve') {
  expect(words[0]).toBe(command);
  const { stdout } = await runDocket([command, '--help']);
  const flags = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));
  expect(flags.length).toBeGreaterThan(0);
  for (const flag of flags) expect(stdout).toContain(`${flag} `);
}

describe('the Dockerfile', () => {
  test('copies what there is', () => {
    const local = valuesOf('COPY').filter((value) => !value.startsWith('--from'));
    const sources = local.flatMap((value) => value.split(' ').slice(0, -1));
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.filter((source) => !existsSync(join(projectFolder, source)))).toEqual([]);
  });

  test('copies what the build stage needs to install and build: every package of the workspace', () => {
    const copied = valuesOf('COPY').join(' ');
    for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', '.scripts', 'packages', 'models']) {
      expect(copied).toContain(name);
    }
    for (const name of ['bench', 'test']) expect(copied).toContain(`${name}/package.json`);
  });

  test('calls what there is', async () => {
    const scripts = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')).scripts;
    const runs = valuesOf('RUN');
    expect(runs).toContain('npm run setup');
    expect(scripts).toHaveProperty('setup');
    expect(runs.join('\n')).toContain('node packages/cli/bin/docket.js bundle ');
    expect(existsSync(docketProgram)).toBe(true);
    const launcher = join(projectFolder, 'packages', 'cli', 'launcher', 'docket');
    expect(valuesOf('ENTRYPOINT')).toEqual(['["/opt/docket/docket"]']);
    expect(existsSync(launcher)).toBe(true);
    await expectKnownFlags(JSON.parse(valuesOf('CMD')[0] ?? ''));
  });

  test('runs without root, and its health check is JavaScript', () => {
    const names = instructions.map(({ name }) => name);
    expect(valuesOf('USER')).toEqual(['node']);
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('ENTRYPOINT'));
    const [check = ''] = valuesOf('HEALTHCHECK');
    const [, flag, code = ''] = JSON.parse(check.slice(check.indexOf('CMD') + 4));
    expect(flag).toBe('-e');
    expect(() => new Function(code)).not.toThrow();
    expect(code).toContain('/health/ready');
  });
});

describe('the compose file', () => {
  const services = parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8'), { merge: true }).services;

  test('calls commands with flags that they know, and builds what there is', async () => {
    await expectKnownFlags(services.server.command);
    await expectKnownFlags(services.worker.command, 'worker');
    for (const { build } of [services.server, services.worker]) {
      expect(existsSync(join(deploy, build.context, build.dockerfile))).toBe(true);
    }
  });

  test('publishes nothing but the server, on this machine', () => {
    expect(services.server.ports).toEqual(['127.0.0.1:8484:8484']);
    expect(services.worker.ports).toEqual([]);
    expect(services.database.ports).toBeUndefined();
  });
});

describe.each([
  ['docket.service', 'serve'],
  ['docket-server.service', 'serve'],
  ['docket-worker.service', 'worker'],
])('the systemd unit %s', (name, command) => {
  const unit = readFileSync(join(deploy, name), 'utf8');

  test('calls docket with flags that it knows', async () => {
    const [, words = ''] = /^ExecStart=\S+ (.*)$/m.exec(unit) ?? [];
    await expectKnownFlags(words.split(' '), command);
  });

  const systemd = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const version = Number(/^systemd (\d+)/.exec(systemd)?.[1] ?? 0);

  test.skipIf(version < 250)('is understood by systemd, and exposes little (needs systemd-analyze 250)', () => {
    // Docket is not installed where the unit looks for it.
    const launcher = join(projectFolder, 'packages', 'cli', 'launcher', 'docket');
    const changed = unit.replace(/^ExecStart=\S+/m, `ExecStart=${launcher}`);
    const folder = temporaryFolder({ [name]: changed });
    const file = join(folder, name);
    const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect({ status: verified.status, stderr: verified.stderr }).toEqual({ status: 0, stderr: '' });
    // In tenths: 0 is nothing at all, 100 everything.
    const rated = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], {
      encoding: 'utf8',
    });
    expect(rated.status).toBe(0);
  });
});
