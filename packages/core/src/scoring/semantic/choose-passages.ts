import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import { PhraseMatcher } from '../../knowledge/phrase-matcher.js';
import { buildPhraseTable, type PhraseTable } from '../../knowledge/phrase-table.js';
import type { Page } from '../../pages/page.js';
import type { Passage } from '../../pages/passages.js';
import { tokensBetween } from '../../pages/tokens.js';

/** Shares of the passages that are looked at: the front, and those with cues. What is left is spread evenly. */
const FRONT = 0.5;
const CUES = 0.25;

/**
 * Chooses the passages of a long document that are looked at: half from the front, where a document says what it is, a
 * quarter where most cues of document types stand, and an even spread of the rest. Rules play no part, so that no rule
 * changes what another one is compared with.
 */
export class PassageChooser {
  private matcher: PhraseMatcher | undefined;

  constructor(private readonly knowledge: CompiledKnowledge) {}

  /**
   * @param pages that the passages were cut from
   * @returns At most `most`, in reading order
   */
  choose(passages: readonly Passage[], most: number, pages: readonly Page[]): readonly Passage[] {
    if (passages.length <= most) return passages;
    const front = Math.ceil(most * FRONT);
    const chosen = new Set(passages.slice(0, front));
    const pageOf = new Map(pages.map((page) => [page.number, page]));
    const byCues = passages
      .slice(front)
      .map((passage) => ({ passage, cues: this.countCues(passage, pageOf.get(passage.page)) }))
      .filter(({ cues }) => cues > 0)
      .sort((one, other) => other.cues - one.cues);
    for (const { passage } of byCues.slice(0, Math.floor(most * CUES))) chosen.add(passage);
    const others = passages.filter((passage) => !chosen.has(passage));
    const left = most - chosen.size;
    for (let index = 0; index < left; index++) {
      const passage = others[Math.floor(((index + 0.5) * others.length) / left)];
      if (passage) chosen.add(passage);
    }
    return passages.filter((passage) => chosen.has(passage));
  }

  /** Different cues that speak strongly for some document type. */
  private countCues({ start, end }: Passage, page: Page | undefined): number {
    if (!page) return 0;
    this.matcher ??= new PhraseMatcher(this.knowledge.tables?.strongCues ?? buildStrongCueTable(this.knowledge));
    const found = new Set<number>();
    this.matcher.match(tokensBetween(page, start, end), (phrase) => found.add(phrase));
    return found.size;
  }
}

/** Makes the cues that speak strongly for some document type ready to be looked for. */
export function buildStrongCueTable({ types }: CompiledKnowledge): PhraseTable {
  const cues = types.flatMap((type) => type.cues.filter(({ kind }) => kind === 'strong' || kind === 'heading'));
  return buildPhraseTable([...new Set(cues.map(({ key }) => key))]);
}
