import { type Section, table } from '../speed/report.js';

/** Writes the report on scale, Markdown. @param machine What matters of it alone, so that reports can be shared */
export function writeReport(sections: readonly Section[], machine: string): string {
  const targets = sections.flatMap((section) => section.targets);
  const rows = targets.map(({ name, reached, wanted, met }) => [name, reached, wanted, met ? 'pass' : '**fail**']);
  return [
    '# Scale',
    '',
    `Written by \`pnpm --filter @docket/bench scale\`, on ${machine}. PostgreSQL is started on the same machine with an empty database`,
    'and its own settings, and waits for the disk.',
    '',
    ...table(['target', 'reached', 'wanted', ''], rows),
    ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n');
}
