import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import { tokenise } from '../../pages/tokens.js';
import { SlipMender } from './slip-mender.js';

/** Whose cues hold in documents of every language. */
const ENGLISH = 'en';

/**
 * What mends the slips of OCR, by the language of the document. Only words of the knowledge are looked for, never those of rules:
 * no rule changes what is found for another. Made when the first document comes that was read by OCR.
 */
export class SlipMenders {
  private readonly menders = new Map<string, SlipMender>();
  private words: ReadonlySet<string> | undefined;

  constructor(private readonly knowledge: CompiledKnowledge) {}

  /** @param language ISO 639-1 */
  of(language: string): SlipMender {
    const known = this.menders.get(language);
    if (known) return known;
    const words = this.allWords();
    const mender = new SlipMender({ wanted: this.wordsOfCues([ENGLISH, language]), isWord: (word) => words.has(word) });
    this.menders.set(language, mender);
    return mender;
  }

  /** All that the knowledge holds, in any language. */
  private allWords(): ReadonlySet<string> {
    const { wordFrequencies, stopWords, languages } = this.knowledge;
    this.words ??= new Set([
      ...Object.keys(wordFrequencies),
      ...stopWords.flatMap((word) => tokenise(word).words),
      ...this.wordsOfCues([ENGLISH, ...languages]),
    ]);
    return this.words;
  }

  private wordsOfCues(wanted: readonly string[]): ReadonlySet<string> {
    const cues = this.knowledge.types.flatMap((type) => type.cues);
    const spoken = cues.filter(({ languages }) => languages.some((language) => wanted.includes(language)));
    return new Set(spoken.flatMap(({ key }) => key.replaceAll(/[$^]/g, '').split(' ')));
  }
}
