import { readFile } from 'node:fs/promises';
import { DocketError } from '../../errors.js';

/** @throws DocketError `model.not_installed`, naming the file */
export async function readModelFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadableModelFile(file, error);
  }
}

/** A file of a model that is not there, or that the system does not let us read. */
export function unreadableModelFile(file: string, cause: unknown): DocketError {
  const reason =
    cause instanceof Error && 'code' in cause && cause.code !== 'ENOENT' ? `read (${cause.code})` : 'found';
  const message = `the model file ${file} cannot be ${reason}; bring the model in with docket models import PATH`;
  return new DocketError('model.not_installed', message, { data: { file }, cause });
}

/** A file of a model that is not what a static model needs. */
export function incompatibleModelFile(file: string, problem: string, cause?: unknown): DocketError {
  const message = `the model file ${file} does not fit: ${problem}; get a whole copy and run docket models import PATH`;
  return new DocketError('model.incompatible', message, { data: { file }, cause });
}

/** @throws DocketError `model.incompatible`, naming the file */
export function parseModelJson(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw incompatibleModelFile(file, 'it is not JSON', error);
  }
}
