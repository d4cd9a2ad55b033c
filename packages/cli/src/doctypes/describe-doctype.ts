import type { CompiledType } from '@docket/core';
import type { Colours } from '../terminal/colours.js';
import { printable, wrapText } from '../terminal/text.js';

/** How {@link describeDoctype} writes. */
export interface DescribeOptions {
  readonly colours: Colours;
  readonly width: number;
}

type CueKind = CompiledType['cues'][number]['kind'];

/** Kinds that are listed; `name` and `heading` cues are the names again. */
const KINDS: readonly { readonly kind: CueKind; readonly title: string }[] = [
  { kind: 'strong', title: 'Strong cues' },
  { kind: 'weak', title: 'Weak cues' },
  { kind: 'negative', title: 'Cues against it' },
];

/** Writes what is known of a document type for people. */
export function describeDoctype(type: CompiledType, { colours, width }: DescribeOptions): string {
  const paragraph = (text: string, indent: string) => {
    return wrapText(printable(text), width - indent.length).map((line) => `${indent}${line}`);
  };
  const section = (title: string, texts: readonly string[]) => {
    if (texts.length === 0) return [];
    return ['', colours.bold(title), ...texts.flatMap((text) => paragraph(text, '  '))];
  };
  const list = (names: readonly string[]) => (names.length > 0 ? [names.join(', ')] : []);
  const lines = [
    `${colours.bold(type.id)}  ${printable(type.name)}`,
    ...paragraph(type.description, ''),
    ...section('Also called', list(type.aliases)),
    ...section('In other languages', list(type.foreignNames)),
    ...section('Is a', list(type.broader)),
    ...KINDS.flatMap(({ kind, title }) => section(title, describeCues(type, kind))),
    ...section('Layout', type.layout.map(describeLayout)),
  ];
  const hasAnchors = type.cues.some(({ phrase }) => /^\^|\$$/.test(phrase));
  const legend = hasAnchors ? ['', colours.dim('A ^ stands for the beginning of a line, a $ for its end.')] : [];
  return `${[...lines, ...legend].join('\n')}\n`;
}

function describeCues({ cues }: CompiledType, kind: CueKind): string[] {
  const byLanguage = new Map<string, string[]>();
  for (const { phrase, languages } of cues.filter((cue) => cue.kind === kind)) {
    const key = languages.join(' ');
    byLanguage.set(key, [...(byLanguage.get(key) ?? []), phrase]);
  }
  return [...byLanguage].map(([languages, phrases]) => `${languages}: ${phrases.join(', ')}`);
}

function describeLayout(cue: CompiledType['layout'][number]): string {
  const weight = cue.weight === 'against' ? 'against it' : cue.weight;
  const feature = cue.feature.replaceAll('_', ' ');
  if ('in' in cue) return `${feature} ${cue.in.join(' or ')} (${weight})`;
  const { min, max } = cue;
  if (min !== undefined && max !== undefined) return `${feature} ${min} to ${max} (${weight})`;
  return `${feature} ${min === undefined ? `at most ${max}` : `at least ${min}`} (${weight})`;
}
