import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PINNING } from '../performance/probe.js';
import { measureCosts, type PageCost } from './measure-costs.js';
import { measureSpeed, type OcrSpeed, type SpeedRatio } from './measure-speed.js';

/** Of bare tesseract.js, what is wanted of one process and of two. */
const WANTED = { one: 0.9, two: 0.95 };

/** Measures how fast OCR is. Run: `pnpm --filter @docket/bench ocr:speed [ROUNDS] [PAGES]`. */
async function main(rounds = '5', pages = '6'): Promise<void> {
  const speed = await measureSpeed(Number(rounds), Number(pages));
  const costs = await measureCosts(Number(rounds));
  const report = writeReport(speed, costs, { rounds: Number(rounds), pages: Number(pages) });
  await writeFile(fileURLToPath(new URL('../results/ocr-speed.md', import.meta.url)), report);
  console.log(report);
  // The engine of a process stays warm, and would keep this one.
  process.exit();
}

function writeReport(
  { one, oneBlock, two }: OcrSpeed,
  costs: readonly PageCost[],
  count: { readonly rounds: number; readonly pages: number },
): string {
  const row = (name: string, { docket, bare, ratio }: SpeedRatio, wanted?: number) =>
    `| ${name} | ${docket.toFixed(2)} | ${bare.toFixed(2)} | ${ratio.toFixed(2)} | ${wanted?.toFixed(2) ?? ''} |`;
  return [
    '# Speed of OCR',
    '',
    `Clean, upright pages (${count.pages}) as PNG of 2.8 million pixels, beside tesseract.js by its own client with the same data, which looks for columns and blocks as Docket does. As its client starts it takes each page for one block of lines, which is quicker and mixes columns: the last row. Medians of ${count.rounds} rounds; sides run in turn for half a second, in which the others are stopped; one process ${PINNING}. Made by \`pnpm --filter @docket/bench ocr:speed\`.`,
    '',
    '| | Docket, pages/s | tesseract.js, pages/s | ratio | wanted |',
    '| --- | --- | --- | --- | --- |',
    row('one process', one, WANTED.one),
    row('two processes', two, WANTED.two),
    row('one process, pages as one block', oneBlock),
    '',
    'Where the time of a page goes, in milliseconds; the work on a page is done only where the tests ask for it:',
    '',
    '| page | tests | work on it | recognition |',
    '| --- | --- | --- | --- |',
    ...costs.map(
      ({ name, survey, prepare, recognise }) =>
        `| ${name} | ${survey.toFixed(0)} | ${prepare.toFixed(0)} | ${recognise.toFixed(0)} |`,
    ),
    '',
  ].join('\n');
}

await main(...process.argv.slice(2));
