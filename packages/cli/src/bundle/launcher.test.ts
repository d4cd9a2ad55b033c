import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BundleManifest, formatBundleManifest, nodeNeeds } from './bundle-manifest.js';
import { thisMachine } from './machine.js';

const launcher = fileURLToPath(new URL('../../launcher', import.meta.url));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-launcher-'));
  cpSync(launcher, folder, { recursive: true });
  writeFileSync(
    join(folder, 'program.cjs'),
    'console.log("started", process.argv.slice(2).join(" "), process.env.DOCKET_BUNDLE)',
  );
  writeFileSync(join(folder, 'data.txt'), 'data');
  writeManifest();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the manifest of a bundle for this machine, or another. */
function writeManifest(changes: Partial<BundleManifest> = {}): void {
  const { platform, arch, libc } = thisMachine();
  const names = ['data.txt', 'docket', 'launcher.cjs', 'package.json', 'program.cjs'];
  const manifest: BundleManifest = {
    format: 1,
    docket: '1.2.3',
    node: nodeNeeds('>=20.19', process.versions),
    platform,
    arch,
    libc: libc && { name: libc },
    models: [],
    packages: [],
    files: names.map((path) => {
      const content = readFileSync(join(folder, path));
      return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    }),
    ...changes,
  };
  writeFileSync(join(folder, 'manifest.json'), formatBundleManifest(manifest));
}

function start(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'docket'), ...argv], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const refused = (stderr: RegExp) => ({ status: 2, stdout: '', stderr: expect.stringMatching(stderr) });

it('starts the program with its arguments, and says where the bundle is', () => {
  expect(start('classify', 'a b')).toEqual({ status: 0, stdout: `started classify a b ${folder}\n`, stderr: '' });
});

it('is in the JavaScript that every Node reads, but for the file that it loads last', () => {
  for (const name of ['launcher.cjs', 'docket']) {
    const code = readFileSync(join(launcher, name), 'utf8');
    expect(() => parse(code, { ecmaVersion: 5, allowHashBang: true })).not.toThrow();
  }
  expect(() => parse('const modern = () => import("x")', { ecmaVersion: 5 })).toThrow();
});

describe.skipIf(process.platform === 'win32')('the shell script', () => {
  it('finds its folder through a link, with nothing but Node on the PATH', () => {
    const bin = mkdtempSync(join(tmpdir(), 'docket-bin-'));
    symlinkSync(join(folder, 'docket'), join(bin, 'docket'));
    symlinkSync(process.execPath, join(bin, 'node'));
    const { stdout } = spawnSync(join(bin, 'docket'), ['doctor'], { encoding: 'utf8', env: { PATH: bin } });
    rmSync(bin, { recursive: true });
    expect(stdout).toBe(`started doctor ${folder}\n`);
  });

  it('says what is needed where there is no Node', () => {
    const { status, stderr } = spawnSync(join(folder, 'docket'), [], {
      encoding: 'utf8',
      env: { PATH: '/nonexistent' },
    });
    expect({ status, stderr }).toEqual({
      status: 127,
      stderr: expect.stringContaining('install Node, or say in DOCKET_NODE'),
    });
  });

  it('takes the Node that DOCKET_NODE names', () => {
    const env = { PATH: '/nonexistent', DOCKET_NODE: process.execPath };
    expect(spawnSync(join(folder, 'docket'), ['x'], { encoding: 'utf8', env }).stdout).toBe(`started x ${folder}\n`);
  });
});

describe('a machine that the bundle was not made for is refused:', () => {
  const major = Number.parseInt(process.versions.node, 10);
  it.each<[string, Partial<BundleManifest>, RegExp]>([
    [
      'another ABI',
      { node: { abi: '64', oldest: '10.0', range: '>=10.0 <11' } },
      /Node: >=10\.0 <11 \(ABI 64\) is needed, this is /,
    ],
    [
      'an older Node of the same ABI',
      { node: { ...nodeNeeds('', process.versions), oldest: `${major}.99`, range: `>=${major}.99` } },
      new RegExp(`Node: >=${major}\\.99 .* is needed, this is ${process.versions.node}`),
    ],
    ['another system', { platform: 'plan9' }, /system: plan9 .* is needed, this is /],
    ['another processor', { arch: 'pdp11' }, /system: .* pdp11 is needed, this is /],
  ])('%s', (_, changes, message) => {
    writeManifest(changes);
    expect(start('serve')).toEqual(refused(message));
    expect(start('verify')).toEqual(refused(message));
  });

  it.runIf(thisMachine().libc === 'glibc').each<[string, Partial<BundleManifest>, RegExp]>([
    ['another C library', { libc: { name: 'musl' } }, /musl is needed, this is glibc/],
    ['an older C library', { libc: { name: 'glibc', oldest: '9.1' } }, /glibc 9\.1 or newer is needed, this is 2\.\d+/],
    ['an older libstdc++', { libstdcxx: '3.4.999' }, /GLIBCXX 3\.4\.999 or newer is needed, this has 3\.4\.\d+/],
  ])('%s', (_, changes, message) => {
    writeManifest(changes);
    expect(start('serve')).toEqual(refused(message));
  });
});

describe('a damaged file is named, before anything of the program runs:', () => {
  it('changed, at the first start', () => {
    writeFileSync(join(folder, 'data.txt'), 'dato');
    expect(start()).toEqual(refused(/damaged: data\.txt\nunpack it again/));
  });

  it('changed or gone, after a start that found all well', () => {
    expect(start()).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'data.txt'), 'dato');
    expect(start()).toEqual(refused(/damaged: data\.txt/));
    unlinkSync(join(folder, 'data.txt'));
    expect(start()).toEqual(refused(/missing: data\.txt/));
  });

  it('with the size and the time of before', () => {
    const time = new Date(1e12);
    utimesSync(join(folder, 'data.txt'), time, time);
    expect(start()).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'data.txt'), 'dato');
    utimesSync(join(folder, 'data.txt'), time, time);
    // The time of the change itself cannot be set.
    expect(start()).toEqual(refused(/damaged: data\.txt/));
  });

  it('the program itself', () => {
    writeFileSync(join(folder, 'program.cjs'), 'console.log("evil")');
    expect(start()).toEqual(refused(/damaged: program\.cjs/));
  });

  it('the manifest', () => {
    const file = join(folder, 'manifest.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"1.2.3"', '"1.2.4"'));
    expect(start()).toEqual(refused(/manifest\.json was changed or is damaged/));
    writeFileSync(file, text.slice(0, 99));
    expect(start()).toEqual(refused(/manifest\.json cannot be read/));
    unlinkSync(file);
    expect(start()).toEqual(refused(/manifest\.json cannot be read/));
  });
});

describe('docket verify', () => {
  it('says that all is well', () => {
    expect(start('verify')).toEqual({
      status: 0,
      stdout: 'ok  docket 1.2.3, 5 files are what the manifest says\n',
      stderr: '',
    });
    // After a start there is a note of the check, which does not count.
    expect(start('verify')).toMatchObject({ status: 0 });
  });

  it('names files that do not belong there', () => {
    writeFileSync(join(folder, 'left-over.js'), '');
    expect(start('verify')).toEqual(refused(/1 files do not belong to this bundle:\n {2}left-over\.js/));
    expect(start('classify')).toMatchObject({ status: 0 });
  });
});

it('a note of another check counts for nothing', () => {
  expect(start()).toMatchObject({ status: 0 });
  const stamp = join(folder, '.checked.json');
  const note = JSON.parse(readFileSync(stamp, 'utf8'));
  for (const key of Object.keys(note)) {
    writeFileSync(stamp, JSON.stringify({ ...note, [key]: key === 'files' ? [] : 'other' }));
    expect(start()).toMatchObject({ status: 0 });
    expect(JSON.parse(readFileSync(stamp, 'utf8'))).toEqual(note);
  }
});
