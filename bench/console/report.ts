import { type Section, table } from '../speed/report.js';

/** Writes the report on the console, Markdown. @param machine What matters of it alone, so that reports can be shared */
export function writeReport(sections: readonly Section[], machine: string): string {
  const targets = sections.flatMap((section) => section.targets);
  const rows = targets.map(({ name, reached, wanted, met }) => [name, reached, wanted, met ? 'pass' : '**fail**']);
  return [
    '# Console',
    '',
    `Written by \`pnpm --filter @docket/bench run console\`, on ${machine}, with Debian's Chromium, which runs on the same`,
    'processors as the server.',
    '',
    ...table(['target', 'reached', 'wanted', ''], rows),
    ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n');
}
