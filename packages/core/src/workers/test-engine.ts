import { DocketError } from '../errors.js';
import type { EnginePool, PooledClassification, PooledOptions } from './engine-pool.js';

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
 * @throws DocketError whatever the engine throws, `internal.unexpected` when the answer is another one
 */
export async function testEngine(
  pool: Pick<EnginePool, 'classify'>,
  options: PooledOptions = {},
): Promise<PooledClassification> {
  const document = { bytes: Buffer.from(INVOICE), name: 'invoice.txt' };
  const answer = await pool.classify({ document, rules: RULES }, options);
  const { type, confidence } = answer.result;
  if (type === 'invoice') return answer;
  const given = `${type ?? 'no type'} (${confidence.toFixed(2)})`;
  throw new DocketError('internal.unexpected', `a plain invoice was classified as ${given}; please report it`);
}
