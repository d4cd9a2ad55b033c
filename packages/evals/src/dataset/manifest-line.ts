import { dirname, resolve } from 'node:path';
import { PageSelection, toDocketError } from '@docket/core';
import { z } from 'zod';
import type { DatasetItem } from './dataset.js';
import type { ManifestLine } from './read-manifest.js';
import { NULL_LABEL } from './type-folders.js';

const text = z.string().min(1);

const recordSchema = z
  .object({
    path: text.optional(),
    text: text.optional(),
    expected: z.string().nullable(),
    id: text.optional(),
    group: text.optional(),
    tags: z.array(text).default([]),
    target_pages: text.optional(),
  })
  .refine(({ path, text }) => (path === undefined) !== (text === undefined), 'it needs either path or text');

/** Keys of a line that mean nothing here. */
export function unusedKeys(line: ManifestLine): readonly string[] {
  if ('problem' in line || !isObject(line.record)) return [];
  return Object.keys(line.record).filter((key) => !Object.hasOwn(recordSchema.shape, key));
}

/** What a line of a manifest says, or what is wrong with it. */
export function itemOfLine(
  line: ManifestLine,
  file: string,
): { readonly item: DatasetItem } | { readonly problem: string } {
  if ('problem' in line) return { problem: line.problem };
  const result = recordSchema.safeParse(line.format === 'csv' ? fromCells(line.record) : line.record);
  if (!result.success) return { problem: describe(result.error) };
  const { path, text, expected, group, tags, target_pages: targetPages } = result.data;
  const wrongPages = targetPages === undefined ? undefined : problemOfPages(targetPages);
  if (wrongPages !== undefined) return { problem: wrongPages };
  const source = path === undefined ? { text: text ?? '' } : { path: resolve(dirname(file), path) };
  return {
    item: {
      id: result.data.id ?? path ?? `line ${line.number}`,
      source,
      expected: expected === '' || expected === NULL_LABEL ? null : expected,
      ...(group === undefined ? {} : { group }),
      tags,
      ...(targetPages === undefined ? {} : { targetPages }),
    },
  };
}

/** In CSV, an empty cell is nothing but for `expected`, and tags are separated by `;`. */
function fromCells(record: unknown): unknown {
  const { expected, tags, ...cells } = record as Readonly<Record<string, string>>;
  const given = Object.entries(cells).filter(([, cell]) => cell !== '');
  const separated = (tags ?? '').split(';').map((tag) => tag.trim());
  return {
    ...Object.fromEntries(given),
    ...(expected === undefined ? {} : { expected }),
    tags: separated.filter((tag) => tag !== ''),
  };
}

function problemOfPages(targetPages: string): string | undefined {
  try {
    PageSelection.parse({ targetPages });
    return undefined;
  } catch (error) {
    return toDocketError(error).message;
  }
}

function describe(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
