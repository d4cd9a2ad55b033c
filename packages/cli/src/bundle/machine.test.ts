import { describe, expect, it } from 'vitest';
import { isForAnotherMachine, type Machine, runsOn } from './machine.js';

const linux: Machine = { platform: 'linux', arch: 'x64', libc: 'glibc' };

describe('a package runs on this machine', () => {
  it.each([
    [{}, true],
    [{ os: ['linux'], cpu: ['x64'], libc: ['glibc'] }, true],
    [{ os: ['darwin'] }, false],
    [{ os: ['linux'], cpu: ['arm64'] }, false],
    [{ os: ['linux'], cpu: ['x64'], libc: ['musl'] }, false],
    [{ os: ['!win32'] }, true],
    [{ os: ['!linux'] }, false],
    [{ os: ['any'] }, true],
  ])('%j: %s', (manifest, expected) => {
    expect(runsOn(manifest, linux)).toBe(expected);
  });
});

describe('a file is for another machine', () => {
  it.each([
    ['bin/napi-v6/linux/x64/libonnxruntime.so.1', false],
    ['bin/napi-v6/linux/arm64/libonnxruntime.so.1', true],
    ['bin/napi-v6/win32/x64/onnxruntime.dll', true],
    ['prebuilds/linux-x64/node.napi.node', false],
    ['prebuilds/darwin-x64+arm64/node.napi.node', true],
    // Code may be named after systems.
    ['lib/win32/paths.js', false],
    ['bin/docket.js', false],
  ])('%s: %s', (path, expected) => {
    expect(isForAnotherMachine(path, linux)).toBe(expected);
  });
});
