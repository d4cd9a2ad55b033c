import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { thisMachine } from './machine.js';
import { isEmpty, neededFiles } from './needed-files.js';
import { PACKAGE_NEEDS } from './package-needs.js';
import { allPackages, type ProductionPackage, productionPackages } from './production-packages.js';

const program = fileURLToPath(new URL('../..', import.meta.url));
const machine = thisMachine();

let packages: readonly ProductionPackage[];

beforeAll(() => {
  packages = allPackages(productionPackages(program, { machine, without: [] }));
});

describe('what is known of large packages is still so:', () => {
  it.each(Object.entries(PACKAGE_NEEDS))('%s', async (name, { only = [], leaveOut = [], without = [] }) => {
    const one = packages.find(({ manifest }) => manifest.name === name);
    // These are optional dependencies.
    if (one === undefined) return expect(name).toMatch(/transformers|onnxruntime|tesseract/);
    for (const path of [...only, ...leaveOut]) expect([path, existsSync(join(one.folder, path))]).toEqual([path, true]);
    const { dependencies, optionalDependencies } = one.manifest;
    const needed = Object.keys({ ...dependencies, ...optionalDependencies });
    if (!without.includes('*')) for (const other of without) expect(needed).toContain(other);
    expect(isEmpty(await neededFiles(one, machine))).toBe(false);
  });
});

it('what is only used to install or to develop is not followed', () => {
  const names = packages.map(({ manifest }) => manifest.name);
  for (const name of ['@docket/core', '@docket/models', 'zod']) expect(names).toContain(name);
  for (const name of ['vitest', 'typescript', 'prebuild-install', 'adm-zip', 'bare-fs'])
    expect(names).not.toContain(name);
});

it('a package that must be there and is not is named; an optional one is left out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-closure-'));
  const write = (manifest: object) => writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  write({
    name: 'made',
    version: '1.0.0',
    optionalDependencies: { 'not-there': '1' },
    peerDependencies: { other: '1' },
  });
  expect(productionPackages(folder, { machine, without: [] }).dependencies).toEqual(new Map());
  write({ name: 'made', version: '1.0.0', dependencies: { 'not-there': '1' } });
  expect(() => productionPackages(folder, { machine, without: [] })).toThrow(
    expect.objectContaining({
      code: 'request.invalid_usage',
      message: expect.stringContaining('made needs the package not-there'),
    }),
  );
  expect(productionPackages(folder, { machine, without: ['not-there'] }).dependencies).toEqual(new Map());
  rmSync(folder, { recursive: true });
});
