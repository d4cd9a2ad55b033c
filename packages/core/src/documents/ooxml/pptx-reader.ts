import { CharacterBudget } from '../character-budget.js';
import type { DocumentReader, RawPage } from '../document-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { findMainPart, readRelationships, readRequiredPart, readTitle } from './office-package.js';
import { attribute, readXml, relationshipId } from './read-xml.js';
import { TextFlow } from './text-flow.js';
import { ZipParts } from './zip-parts.js';

/** English Metric Units in a point (ECMA-376 part 1, 20.1.10.16). */
const EMU_PER_POINT = 12_700;

/** Reads presentations: each slide is a page, in the order of the show. Speaker notes are left out. */
export const pptxReader: DocumentReader = {
  format: 'pptx',
  identity: READER_IDENTITIES.pptx,
  async open(bytes, { limits, signal }) {
    signal?.throwIfAborted();
    const parts = new ZipParts(bytes, limits);
    const { slides, size } = readPresentation(parts);
    const title = readTitle(parts);
    const budget = new CharacterBudget(limits);
    return {
      format: 'pptx',
      pageCount: Math.max(1, slides.length),
      ...(title === undefined ? {} : { title }),
      async readPage(pageNumber) {
        signal?.throwIfAborted();
        budget.startPage(pageNumber);
        const text = readSlide(parts, slides[pageNumber - 1], budget);
        const page: RawPage = text === '' ? { method: 'none', items: [] } : { method: 'text', items: [{ text }] };
        return size ? { ...page, size } : page;
      },
      async [Symbol.asyncDispose]() {},
    };
  },
};

interface Presentation {
  /** Part of each slide; undefined for one that is listed but cannot be found. */
  readonly slides: readonly (string | undefined)[];
  readonly size?: { readonly width: number; readonly height: number };
}

function readPresentation(parts: ZipParts): Presentation {
  const mainPart = findMainPart(parts, 'ppt/presentation.xml');
  const relationships = readRelationships(parts, mainPart);
  const slides: (string | undefined)[] = [];
  let width = 0;
  let height = 0;
  readXml(readRequiredPart(parts, mainPart), {
    open(name, attributes) {
      if (name === 'sldId') slides.push(relationships.get(relationshipId(attributes) ?? '')?.target);
      if (name !== 'sldSz') return;
      width = Number(attribute(attributes, 'cx')) / EMU_PER_POINT;
      height = Number(attribute(attributes, 'cy')) / EMU_PER_POINT;
    },
  });
  return width > 0 && height > 0 ? { slides, size: { width, height } } : { slides };
}

/** Lines of the slide itself, then those of its diagrams (SmartArt), which are parts of their own. */
function readSlide(parts: ZipParts, slide: string | undefined, budget: CharacterBudget): string {
  const bytes = slide === undefined ? undefined : parts.read(slide);
  if (slide === undefined || bytes === undefined) return '';
  const flow = new TextFlow({ budget });
  readXml(bytes, flow);
  for (const { type, target } of readRelationships(parts, slide).values()) {
    const diagram = type === 'diagramData' ? parts.read(target) : undefined;
    if (diagram) readXml(diagram, flow);
  }
  return flow.lines.join('\n');
}
