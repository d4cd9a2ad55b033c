import { CharacterBudget } from '../character-budget.js';
import { decodeText } from '../decode-text.js';
import type { DocumentReader } from '../document-reader.js';
import { htmlToText } from '../html/html-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { singlePageDocument } from '../single-page-document.js';
import { findMainPart, type Relationship, readRelationships, readRequiredPart, readTitle } from './office-package.js';
import { readXml } from './read-xml.js';
import { TextFlow } from './text-flow.js';
import { ZipParts } from './zip-parts.js';

/**
 * Reads Word documents as one page: headers of the first section, body, notes, footers. Deleted and hidden text and
 * comments are left out.
 */
export const docxReader: DocumentReader = {
  format: 'docx',
  identity: READER_IDENTITIES.docx,
  async open(bytes, { limits, signal }) {
    signal?.throwIfAborted();
    const parts = new ZipParts(bytes, limits);
    const mainPart = findMainPart(parts, 'word/document.xml');
    const relationships = readRelationships(parts, mainPart);
    const budget = new CharacterBudget(limits);
    const chunks = new Map<string, string>();
    const embeddedText = (id: string): string => {
      const text = chunks.get(id) ?? readEmbedded(parts, relationships.get(id));
      chunks.set(id, text);
      return text;
    };
    const body = new TextFlow({ budget, embeddedText });
    readXml(readRequiredPart(parts, mainPart), body);
    signal?.throwIfAborted();
    const edges = body.edgeParts.map((id) => relationships.get(id)).filter((edge) => edge !== undefined);
    const notes = [...relationships.values()].filter(({ type }) => type === 'footnotes' || type === 'endnotes');
    const linesOf = (related: readonly Relationship[]): string[] =>
      [...new Set(related.map(({ target }) => target))].flatMap((target) => readLines(parts, target, budget));
    const lines = [
      ...new Set(linesOf(edges.filter(({ type }) => type === 'header'))),
      ...body.lines,
      ...linesOf(notes),
      ...new Set(linesOf(edges.filter(({ type }) => type === 'footer'))),
    ];
    return singlePageDocument({ format: 'docx', text: lines.join('\n'), title: readTitle(parts) });
  },
};

function readLines(parts: ZipParts, partName: string, budget: CharacterBudget): readonly string[] {
  const bytes = parts.read(partName);
  if (bytes === undefined) return [];
  const flow = new TextFlow({ budget });
  readXml(bytes, flow);
  return flow.lines;
}

/** Text of a part in another format that Word merges in when it opens the document; HTML and plain text only. */
function readEmbedded(parts: ZipParts, relationship: Relationship | undefined): string {
  if (relationship?.type !== 'aFChunk' || !/\.(x?html?|txt)$/i.test(relationship.target)) return '';
  const text = decodeText(parts.read(relationship.target) ?? new Uint8Array());
  return relationship.target.toLowerCase().endsWith('.txt') ? text : htmlToText(text, { wholePage: true }).text;
}
