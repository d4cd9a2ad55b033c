import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { chunksOf } from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { ContentFolder } from './content-folder.js';
import { receiveFile } from './receive-file.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, open: vi.fn(original.open), rm: vi.fn(original.rm) };
});

const UNWRITABLE = { code: 'state.data_folder_unwritable' };
const LIMITS = { maxBytes: 100 };

beforeEach(() => void vi.mocked(rm).mockRestore());

it('says that the disk is read-only when it turns so under an upload, which can then not be removed either', async () => {
  const folder = await temporaryFolder();
  const real = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  vi.mocked(open).mockImplementationOnce(async (...args) => {
    const handle = await real.open(...args);
    return Object.assign(handle, { write: () => Promise.reject(readOnly()) });
  });
  vi.mocked(rm).mockImplementationOnce(() => Promise.reject(readOnly()));
  await expect(receiveFile(join(folder, 'a.part'), chunksOf('a'), LIMITS)).rejects.toMatchObject(UNWRITABLE);
  expect(rm).toHaveBeenCalledOnce();
});

it('changes nothing about an answer when what was received cannot be removed', async () => {
  const folder = await temporaryFolder();
  const received = await receiveFile(join(folder, 'a.part'), chunksOf('a'), LIMITS);
  vi.mocked(rm).mockImplementationOnce(() => Promise.reject(readOnly()));
  await expect(received[Symbol.asyncDispose]()).resolves.toBeUndefined();
});

it('says that the disk is read-only when it turns so under the adoption of what is there already', async () => {
  const folder = join(await temporaryFolder(), 'files');
  await mkdir(folder);
  const contents = await ContentFolder.open(folder);
  await contents.adopt(await contents.receive(chunksOf('a'), LIMITS));
  const again = await contents.receive(chunksOf('a'), LIMITS);
  vi.mocked(rm).mockImplementationOnce(() => Promise.reject(readOnly()));
  await expect(contents.adopt(again)).rejects.toMatchObject(UNWRITABLE);
});

function readOnly(): Error {
  return Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
}
