/** A figure that has to be reached. */
export interface Target {
  readonly name: string;
  /** The figure reached, as text. */
  readonly reached: string;
  /** The figure to reach, as text. */
  readonly wanted: string;
  readonly met: boolean;
}

/** The answer to one question: a part of the report. */
export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly lines: readonly string[];
  readonly targets: readonly Target[];
}

/** The machine is named by what matters alone, so that reports of different machines can be told apart and shared. */
export function writeReport(sections: readonly Section[], machine: string): string {
  const targets = sections.flatMap((section) => section.targets);
  const rows = targets.map(({ name, reached, wanted, met }) => [name, reached, wanted, met ? 'pass' : '**fail**']);
  return [
    '# Speed',
    '',
    `Written by \`pnpm --filter @docket/bench speed\`, on ${machine}. Variants run in turn in one process; times are medians.`,
    '',
    ...table(['target', 'reached', 'wanted', ''], rows),
    ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n');
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** Milliseconds with as many decimals as mean something. */
export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}

/** A share as a percentage. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
