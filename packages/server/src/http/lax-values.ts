import type { PydanticProblem } from './pydantic-issue.js';

/** A value after conversion, or why it cannot be converted. */
export type Conversion<Value> = { readonly value: Value } | { readonly problem: PydanticProblem };

const TRUE_WORDS = new Set(['1', 'true', 't', 'yes', 'y', 'on']);
const FALSE_WORDS = new Set(['0', 'false', 'f', 'no', 'n', 'off']);

/** Takes what pydantic takes for an integer: numbers without fraction, texts of them, booleans. */
export function readInteger(value: unknown): Conversion<number> {
  if (typeof value === 'boolean') return { value: value ? 1 : 0 };
  if (typeof value === 'number') return readNumber(value);
  if (typeof value !== 'string') return problem('int_type', 'Input should be a valid integer');
  const digits = value.trim();
  if (!/^[+-]?\d+(_\d+)*(\.0*)?$/.test(digits)) {
    return problem('int_parsing', 'Input should be a valid integer, unable to parse string as an integer');
  }
  const number = Number(digits.replaceAll('_', ''));
  if (Number.isFinite(number)) return { value: number };
  return problem('int_parsing_size', 'Unable to parse input string as an integer, exceeded maximum size');
}

/** Takes what pydantic takes for a boolean: also 0 and 1, and words such as `yes` and `off`. */
export function readFlag(value: unknown): Conversion<boolean> {
  if (typeof value === 'boolean') return { value };
  if (typeof value !== 'string' && typeof value !== 'number') {
    return problem('bool_type', 'Input should be a valid boolean');
  }
  const word = String(value).toLowerCase();
  if (TRUE_WORDS.has(word)) return { value: true };
  if (FALSE_WORDS.has(word)) return { value: false };
  return problem('bool_parsing', 'Input should be a valid boolean, unable to interpret input');
}

function readNumber(value: number): Conversion<number> {
  if (!Number.isFinite(value)) return problem('finite_number', 'Input should be a finite number');
  if (Number.isInteger(value)) return { value };
  return problem('int_from_float', 'Input should be a valid integer, got a number with a fractional part');
}

function problem(type: string, msg: string): { problem: PydanticProblem } {
  return { problem: { type, msg } };
}
