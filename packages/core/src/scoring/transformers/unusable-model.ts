import { DocketError } from '../../errors.js';

/** A model's name, for messages, and the folder that holds its files. */
export interface ModelLocation {
  readonly name: string;
  readonly folder: string;
}

/**
 * The error for a model that cannot be used.
 *
 * @param path the file at fault
 * @param why a clause, or what was thrown: its first line is quoted
 */
export function unusableModel(name: string, path: string, why: unknown): DocketError {
  const reason = isMissing(why) ? 'it is not there' : firstLine(why);
  const message =
    `model "${name}" cannot be used: ${path}: ${reason}; run "docket models verify ${name}" to see which files ` +
    'are damaged, and "docket models import PATH --replace" to bring them again';
  return new DocketError('model.incompatible', message, {
    data: { model: name, path, reason },
    ...(why instanceof Error ? { cause: why } : {}),
  });
}

/** The first line of what was thrown. */
export function firstLine(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.trim().split('\n', 1)[0] ?? '';
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
