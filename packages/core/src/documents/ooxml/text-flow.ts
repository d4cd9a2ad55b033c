import type { CharacterBudget } from '../character-budget.js';
import { attribute, isOn, relationshipId, type XmlAttributes, type XmlHandler } from './read-xml.js';

/** What a text flow needs from the document around it. */
export interface TextFlowOptions {
  readonly budget: CharacterBudget;
  /** Text of a foreign part that is embedded here (`w:altChunk`). */
  readonly embeddedText?: (relationshipId: string) => string;
}

/** Content that is not shown: deleted and moved text, the readings above Asian characters, settings of controls. */
const UNSEEN = new Set(
  'del moveFrom rt rPh sdtPr tblPr tblGrid trPr tcPr instrText pPrChange rPrChange sectPrChange'.split(' '),
);

const SEPARATOR_NOTE = /separator|continuation/i;

interface Paragraph {
  text: string;
  isListItem: boolean;
  isHeading: boolean;
}

/**
 * Turns WordprocessingML and DrawingML into lines: a paragraph or a table row each (` | ` between cells). Both
 * languages call their paragraphs, runs, rows and cells alike.
 */
export class TextFlow implements XmlHandler {
  readonly #options: TextFlowOptions;
  /** Lines of the page, then of the cells and text boxes that are open. */
  readonly #containers: string[][] = [[]];
  readonly #rows: string[][] = [];
  readonly #paragraphs: Paragraph[] = [];
  readonly #choices: boolean[] = [];
  readonly #edgeParts: string[] = [];
  #unseenDepth = 0;
  #paragraphProperties = 0;
  #runProperties = 0;
  #isRunHidden = false;
  #isInText = false;
  #isFirstSection = true;

  constructor(options: TextFlowOptions) {
    this.#options = options;
  }

  get lines(): readonly string[] {
    return this.#containers[0] ?? [];
  }

  /** Relationship ids of the headers and footers of the first section, those of even pages left out. */
  get edgeParts(): readonly string[] {
    return this.#edgeParts;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#unseenDepth > 0 || this.#isUnseen(name, attributes)) this.#unseenDepth++;
    else if (this.#paragraphProperties > 0 || this.#runProperties > 0) this.#openProperty(name, attributes);
    else if (!this.#openContainer(name)) this.#openContent(name, attributes);
  }

  close(name: string): void {
    if (this.#unseenDepth > 0) {
      this.#unseenDepth--;
    } else if (name === 'pPr') {
      this.#paragraphProperties--;
    } else if (name === 'rPr') {
      this.#runProperties--;
    } else if (name === 'sectPr') {
      this.#isFirstSection = false;
    } else if (name === 't') {
      this.#isInText = false;
    } else {
      this.#closeContainer(name);
    }
  }

  text(text: string): void {
    if (!this.#isInText || this.#unseenDepth > 0 || this.#isRunHidden) return;
    this.#write(text);
  }

  #isUnseen(name: string, attributes: XmlAttributes): boolean {
    if (UNSEEN.has(name)) return true;
    if (name === 'Fallback') return this.#choices.at(-1) === true;
    const isNote = name === 'footnote' || name === 'endnote';
    return isNote && SEPARATOR_NOTE.test(attribute(attributes, 'type') ?? '');
  }

  #openProperty(name: string, attributes: XmlAttributes): void {
    const paragraph = this.#paragraphs.at(-1);
    if (name === 'pPr') this.#paragraphProperties++;
    else if (name === 'rPr') this.#runProperties++;
    else if (name === 'vanish' && this.#paragraphProperties === 0) this.#isRunHidden = isOn(attributes);
    else if (name === 'headerReference' || name === 'footerReference') this.#addEdgePart(attributes);
    else if (paragraph && name === 'numId') paragraph.isListItem = attribute(attributes, 'val') !== '0';
    else if (paragraph && name === 'pStyle') {
      const style = attribute(attributes, 'val') ?? '';
      paragraph.isListItem ||= /^List(Bullet|Number)/.test(style);
      paragraph.isHeading = /^(Heading|Title|Subtitle)/i.test(style);
    }
  }

  #openContainer(name: string): boolean {
    if (name === 'p') this.#paragraphs.push({ text: '', isListItem: false, isHeading: false });
    else if (name === 'tr') this.#rows.push([]);
    else if (name === 'tc' || name === 'txbxContent') this.#containers.push([]);
    else if (name === 'AlternateContent') this.#choices.push(false);
    else return false;
    return true;
  }

  #openContent(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case 'Choice':
        if (this.#choices.length > 0) this.#choices[this.#choices.length - 1] = true;
        break;
      case 'pPr':
        this.#paragraphProperties++;
        break;
      case 'rPr':
        this.#runProperties++;
        break;
      case 'r':
        this.#isRunHidden = false;
        break;
      case 't':
        this.#isInText = true;
        break;
      case 'tab':
      case 'ptab':
        this.#write('\t');
        break;
      case 'br':
      case 'cr':
        this.#write('\n');
        break;
      case 'noBreakHyphen':
        this.#write('-');
        break;
      case 'headerReference':
      case 'footerReference':
        this.#addEdgePart(attributes);
        break;
      case 'altChunk':
        this.#addLine(this.#options.embeddedText?.(relationshipId(attributes) ?? '') ?? '');
        break;
    }
  }

  #closeContainer(name: string): void {
    if (name === 'p') {
      this.#closeParagraph();
    } else if (name === 'tc' && this.#containers.length > 1) {
      const cell = this.#containers.pop()?.join(' ').replaceAll('\n', ' ').trim() ?? '';
      if (cell !== '') this.#rows.at(-1)?.push(cell);
    } else if (name === 'tr') {
      this.#addLine(this.#rows.pop()?.join(' | ') ?? '');
    } else if (name === 'txbxContent' && this.#containers.length > 1) {
      for (const line of this.#containers.pop() ?? []) this.#addLine(line);
    } else if (name === 'AlternateContent') {
      this.#choices.pop();
    }
  }

  #closeParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    const text = paragraph?.text.trim() ?? '';
    if (text === '') return;
    this.#addLine(paragraph?.isListItem && !paragraph.isHeading ? `- ${text}` : text);
  }

  #write(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph) paragraph.text += text;
  }

  #addLine(line: string): void {
    if (line === '') return;
    if (this.#containers.length === 1) this.#options.budget.spend(line.length + 1);
    this.#containers.at(-1)?.push(line);
  }

  #addEdgePart(attributes: XmlAttributes): void {
    const id = relationshipId(attributes);
    if (id === undefined || !this.#isFirstSection || attribute(attributes, 'type') === 'even') return;
    this.#edgeParts.push(id);
  }
}
