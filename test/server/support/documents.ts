import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readRuleFile } from '@docket/core';
import { type Expected, expectedResults, fixturesFolder } from '../../support/project.js';

/** A document to upload. */
export interface TestDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A document of the fixtures. */
export function fixture(name: string): TestDocument {
  return { name, bytes: readFileSync(join(fixturesFolder, 'documents', name)) };
}

/** A document of plain text. */
export function textDocument(name: string, text: string): TestDocument {
  return { name, bytes: Buffer.from(text) };
}

/** The sample rules, as the API takes them. */
export async function sampleRules(): Promise<{ type: string; description: string }[]> {
  const { rules } = await readRuleFile(join(fixturesFolder, 'rules.yaml'));
  return rules.map(({ type, description }) => ({ type, description }));
}

/** What the sample rules make of a fixture. */
export async function expectedType(name: string): Promise<string | null> {
  const expected = new Map<string, Expected>(await expectedResults()).get(name);
  if (!expected || 'error' in expected) throw new Error(`${name} has no type`);
  return expected.type;
}

/** Three rules for what most tests upload. */
export const RULES = [
  { type: 'invoice', description: 'A bill for goods or services, with an invoice number, line items and the total.' },
  { type: 'minutes', description: 'The record of a meeting: who attended, what was discussed and decided.' },
  { type: 'recipe', description: 'Instructions for cooking or baking a dish, with a list of ingredients.' },
];

/** The configuration that most jobs run with. */
export const CONFIGURATION = { rules: RULES };

/** A document that says the same with other bytes: another content to the server. */
export function variantOf({ name, bytes }: TestDocument, number: number): TestDocument {
  return { name, bytes: Buffer.concat([bytes, Buffer.from(comment(extname(name), number))]) };
}

function comment(extension: string, number: number): string {
  if (extension === '.pdf') return `\n% copy ${number}\n`;
  if (extension === '.html') return `<!-- copy ${number} -->`;
  if (extension === '.txt' || extension === '.md') return '\n'.repeat(number + 1);
  throw new Error(`no variants of ${extension}`);
}

/** A few short lines that are clearly an invoice: read and scored in next to no time. */
export function tinyInvoice(number = 1): TestDocument {
  const lines = [
    'INVOICE',
    `Invoice number: ${number}`,
    'Bill to: Northwind Traders, 12 Harbour Road',
    'Item: 4 boxes of paper, 32.00',
    'Subtotal 32.00, VAT 6.40, Total due 38.40. Payment terms: 30 days.',
  ];
  return textDocument('tiny-invoice.txt', lines.join('\n'));
}
