import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type DocumentRecord,
  PageSelection,
  parseRuleSet,
  type Rule,
  type RuleSet,
  readDocument,
  readRuleFile,
  toDocketError,
} from '@docket/core';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';

/** Documents that the project makes. */
export const fixtureFolder = fileURLToPath(new URL('../../test/fixtures/documents/', import.meta.url));
const fixtureRules = fileURLToPath(new URL('../../test/fixtures/rules.yaml', import.meta.url));
const evalFolder = fileURLToPath(new URL('../../../shared/eval/', import.meta.url));

/** Rules that matching is measured with. */
const RULE_COUNT = 30;

/** Labelled documents that are measured beside the fixtures. */
const SAMPLE = 30;

/** A document in memory, with what reading gives. */
export interface SpeedDocument {
  /** Says what it is; documents that are not part of the project are named by their type alone. */
  readonly name: string;
  readonly source: { readonly bytes: Uint8Array; readonly name: string };
  readonly record: DocumentRecord;
}

/** The pages that the engine reads when nothing is said. */
export const defaultPages = PageSelection.parse({ maxPages: DEFAULT_MAX_PAGES });

/** The fixtures that can be read, by path. */
export async function fixturePaths(): Promise<string[]> {
  const paths = (await readdir(fixtureFolder)).sort().map((name) => join(fixtureFolder, name));
  const readable = await Promise.all(paths.map((path) => read(path, path)));
  return paths.filter((_, index) => readable[index] !== undefined);
}

/** The text PDFs among the fixtures. */
export async function fixturePdfs(): Promise<SpeedDocument[]> {
  const names = (await readdir(fixtureFolder)).filter((name) => name.endsWith('.pdf')).sort();
  const documents = await Promise.all(names.map((name) => read(join(fixtureFolder, name), name)));
  return documents.filter((document) => document !== undefined);
}

/** A fixed sample of the labelled PDFs, spread over all types; none where they are not here. */
export async function sampledPdfs(): Promise<SpeedDocument[]> {
  const folder = join(evalFolder, 'documents');
  if (!existsSync(folder)) return [];
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.pdf')).sort();
  const stride = Math.max(1, Math.floor(paths.length / SAMPLE));
  const order = Array.from({ length: stride }, (_, first) =>
    paths.filter((_, index) => index % stride === first),
  ).flat();
  const documents: SpeedDocument[] = [];
  for (const path of order) {
    if (documents.length === SAMPLE) break;
    const document = await read(join(folder, path), `${path.split('/')[0]} ${documents.length + 1}`);
    if (document) documents.push(document);
  }
  return documents;
}

/** 30 rules: those of the labelled documents where they are here, else those of the fixtures, filled up with others. */
export async function thirtyRules(): Promise<RuleSet> {
  const file = join(evalFolder, 'rules.json');
  const rules: readonly Rule[] = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : await fixtureRuleList();
  return parseRuleSet([...rules, ...MORE_RULES].slice(0, RULE_COUNT));
}

/** The rules that go with the fixtures. */
export async function fixtureRuleList(): Promise<readonly Rule[]> {
  return (await readRuleFile(fixtureRules)).rules;
}

async function read(path: string, name: string): Promise<SpeedDocument | undefined> {
  const source = { bytes: await readFile(path), name: path };
  try {
    return { name, source, record: await readDocument(source, { selection: defaultPages }) };
  } catch (error) {
    if (!toDocketError(error).code.startsWith('document.')) throw error;
    return undefined;
  }
}

const MORE_RULES: readonly Rule[] = Object.entries({
  'travel itinerary': 'Plan of a journey with flights, hotels, departure and arrival times and a booking reference',
  'warranty card': 'Promise of a manufacturer to repair or replace a product, with serial number and date of purchase',
  'school report': 'Marks of a pupil in each subject for a term, with remarks of the teacher and days absent',
  timetable: 'Table of departures, lessons or shifts by weekday and clock time',
  lease: 'Agreement on the rent of a flat or a house between landlord and tenant, with deposit and term',
  'test protocol': 'Record of measurements in a laboratory, with sample, method, limits and values found',
  'job advertisement': 'A vacancy with tasks, requirements, benefits and how to apply',
  'power of attorney': 'Declaration that authorises another person to act in legal or financial matters',
  newsletter: 'Regular news of an association or a company to its members, in several short articles',
  questionnaire: 'List of questions with boxes to tick or lines for answers',
  certificate: 'Confirmation that a person has completed a course or passed an examination, with date and signature',
  'expense report': 'Costs of a business trip by day, with receipts, mileage and the sum to be refunded',
  'price list': 'Articles with their numbers and prices, discounts by quantity and the date from which they hold',
  'source code': 'Program text in a programming language with functions, imports and comments',
  'death notice': 'Announcement that a person has died, with dates, the bereaved and the time of the funeral',
  menu: 'Dishes and drinks of a restaurant with short descriptions and prices',
}).map(([type, description]) => ({ type, description }));
