import type { Configuration } from '@docket/core';
import { limitsOf } from '../classification/limits-of.js';
import type { Shell } from '../shell.js';

const INVOICE = `INVOICE

Northwind Paper Supplies Ltd.          Invoice No.: 2024-0117
14 Mill Lane, Bristol                  Invoice date: 3 May 2024
VAT Reg. No. GB 123 4567 89            Due date: 2 June 2024

Bill to: Harbour School, 2 Quay Street, Bristol

Description                 Quantity   Unit price     Amount
Copy paper A4, 500 sheets         40        4.10      164.00
Binders, blue                     25        2.80       70.00

Subtotal                                              234.00
VAT 20 %                                               46.80
Total due                                             280.80

Payment terms: net 30 days. Please remit payment to the account below.
`;

const RULES = [
  {
    type: 'invoice',
    description: 'A bill for goods or services, with an invoice number, line items and the total due.',
  },
  { type: 'resume', description: "A person's work experience, education and skills, written to apply for a job." },
  { type: 'recipe', description: 'Instructions for cooking a dish, with a list of ingredients and steps.' },
];

/**
 * Classifies a small invoice in an engine process, as every document is.
 * @throws Error when the answer is another one
 */
export async function selfTest(values: Configuration['values'], { createPool, signal }: Shell): Promise<string> {
  const pool = createPool({
    engine: { scorer: values.scorer, knowledge: values.knowledge },
    limits: limitsOf(values),
    concurrency: 1,
    maxMemoryMb: values['workers.maxMemoryMb'],
  });
  try {
    const document = { bytes: Buffer.from(INVOICE), name: 'invoice.txt' };
    const { result, durationMs } = await pool.classify({ document, rules: RULES }, { signal });
    const answer = `${result.type ?? 'no type'} (${result.confidence.toFixed(2)})`;
    if (result.type !== 'invoice') throw new Error(`a plain invoice was classified as ${answer}; please report it`);
    return `a plain invoice was classified as ${answer} in ${durationMs.toFixed(0)} ms`;
  } finally {
    await pool.close();
  }
}
