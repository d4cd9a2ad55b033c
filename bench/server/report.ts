import { type Section, table } from '../speed/report.js';

/** Writes the report on the server, Markdown. @param machine What matters of it alone, so that reports can be shared */
export function writeReport(sections: readonly Section[], machine: string): string {
  const targets = sections.flatMap((section) => section.targets);
  const rows = targets.map(({ name, reached, wanted, met }) => [name, reached, wanted, met ? 'pass' : '**fail**']);
  return [
    '# Server',
    '',
    `Written by \`pnpm --filter @docket/bench run server\`, on ${machine}. The built command is started as a process of its own, on`,
    'a free port with an empty data folder and no settings; the client runs on the same machine.',
    '',
    ...table(['target', 'reached', 'wanted', ''], rows),
    ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n');
}
