import type { LayoutCue, NumericFeature } from '../../knowledge/document-type.js';

const HIGH: Readonly<Partial<Record<NumericFeature, string>>> = {
  digit_share: 'many figures',
  money_rate: 'amounts of money',
  bullet_share: 'bullet points',
  section_rate: 'numbered sections',
  citation_rate: 'citations',
  mail_headers: 'mail headers',
  blank_fields: 'fields to fill in',
  code_share: 'lines of code',
  question_share: 'questions',
  time_rate: 'clock times',
  speaker_share: 'named speakers',
};

/** Says in words what of a layout is telling; ranges that most documents fall into are left out. */
export function describeLayout(cues: readonly LayoutCue[]): string[] {
  return [...new Set(cues.flatMap((cue) => describe(cue) ?? []))];
}

function describe(cue: LayoutCue): string | undefined {
  if (cue.feature === 'format')
    return cue.in.length === 1 ? `the ${String(cue.in[0]).toUpperCase()} format` : undefined;
  if (cue.feature === 'orientation') return cue.in.includes('landscape') ? 'landscape pages' : undefined;
  if (cue.feature === 'words_per_page') return cue.max !== undefined && cue.max <= 200 ? 'few words a page' : undefined;
  return cue.min !== undefined && cue.min > 0 ? HIGH[cue.feature] : undefined;
}
