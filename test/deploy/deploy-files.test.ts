import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

/** Flags of `docket serve` in a row of words, which its help must know. */
async function expectKnownFlags(words: readonly string[]) {
  expect(words[0]).toBe('serve');
  const { stdout } = await runDocket(['serve', '--help']);
  const flags = words.filter((word) => word.startsWith('--'));
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

describe('the systemd unit', () => {
  const unit = readFileSync(join(deploy, 'docket.service'), 'utf8');

  test('calls docket serve with flags that it knows', async () => {
    const [, command = ''] = /^ExecStart=\S+ (.*)$/m.exec(unit) ?? [];
    await expectKnownFlags(command.split(' '));
  });

  const systemd = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const version = Number(/^systemd (\d+)/.exec(systemd)?.[1] ?? 0);

  test.skipIf(version < 250)('is understood by systemd, and exposes little (needs systemd-analyze 250)', () => {
    // Docket is not installed where the unit looks for it.
    const launcher = join(projectFolder, 'packages', 'cli', 'launcher', 'docket');
    const changed = unit.replace(/^ExecStart=\S+/m, `ExecStart=${launcher}`);
    const folder = temporaryFolder({ 'docket.service': changed });
    const file = join(folder, 'docket.service');
    const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect({ status: verified.status, stderr: verified.stderr }).toEqual({ status: 0, stderr: '' });
    // In tenths: 0 is nothing at all, 100 everything.
    const rated = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], {
      encoding: 'utf8',
    });
    expect(rated.status).toBe(0);
  });
});
