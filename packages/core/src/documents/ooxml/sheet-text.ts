import type { CharacterBudget } from '../character-budget.js';
import { formatSerialDate } from './cell-formats.js';
import { attribute, readXml, type XmlAttributes, type XmlHandler } from './read-xml.js';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly sharedStrings: readonly string[];
  /** By cell style: whether numbers are dates. */
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
}

/** Rows of a sheet as lines, their cells joined with a tab; empty cells and rows are left out. */
export class SheetText implements XmlHandler {
  readonly lines: string[] = [];
  readonly #context: SheetContext;
  readonly #budget: CharacterBudget;
  #row: string[] = [];
  #cellType = 'n';
  #cellStyle = 0;
  #value = '';
  #isInValue = false;
  #phoneticDepth = 0;

  constructor(context: SheetContext, budget: CharacterBudget) {
    this.#context = context;
    this.#budget = budget;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'row') this.#row = [];
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'rPh') this.#phoneticDepth++;
    else if ((name === 'v' || name === 't') && this.#phoneticDepth === 0) this.#isInValue = true;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isInValue = false;
    else if (name === 'rPh') this.#phoneticDepth--;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row' && this.#row.length > 0) this.lines.push(this.#row.join('\t'));
  }

  text(text: string): void {
    if (this.#isInValue) this.#value += text;
  }

  #openCell(attributes: XmlAttributes): void {
    this.#cellType = attribute(attributes, 't') ?? 'n';
    this.#cellStyle = Number(attribute(attributes, 's') ?? 0);
    this.#value = '';
  }

  #closeCell(): void {
    const shown = this.#shownValue().replace(/\s+/g, ' ').trim();
    if (shown === '') return;
    this.#budget.spend(shown.length + 1);
    this.#row.push(shown);
  }

  #shownValue(): string {
    if (this.#value === '') return '';
    if (this.#cellType === 's') return this.#context.sharedStrings[Number(this.#value)] ?? '';
    if (this.#cellType === 'b') return this.#value.trim() === '1' ? 'TRUE' : 'FALSE';
    if (this.#cellType !== 'n' || !this.#context.dateStyles[this.#cellStyle]) return this.#value;
    return formatSerialDate(Number(this.#value), this.#context.is1904) ?? this.#value;
  }
}

/** The texts that cells share, in the order of their numbers. Phonetic readings are left out. */
export function readSharedStrings(bytes: Uint8Array): readonly string[] {
  const strings: string[] = [];
  let text = '';
  let isInText = false;
  let phoneticDepth = 0;
  readXml(bytes, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') phoneticDepth++;
      else if (name === 't') isInText = phoneticDepth === 0;
    },
    close(name) {
      if (name === 'si') strings.push(text);
      else if (name === 'rPh') phoneticDepth--;
      else if (name === 't') isInText = false;
    },
    text(piece) {
      if (isInText) text += piece;
    },
  });
  return strings;
}
