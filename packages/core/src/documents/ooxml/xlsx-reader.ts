import { CharacterBudget } from '../character-budget.js';
import type { DocumentReader } from '../document-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { readDateStyles } from './cell-formats.js';
import { findMainPart, type Relationship, readRelationships, readRequiredPart, readTitle } from './office-package.js';
import { attribute, isOn, readXml, relationshipId } from './read-xml.js';
import { readSharedStrings, type SheetContext, SheetText } from './sheet-text.js';
import { ZipParts } from './zip-parts.js';

/**
 * Reads workbooks: each sheet is a page, in the order of the workbook, its name the first line. Hidden sheets are passed
 * over unless there are no others.
 */
export const xlsxReader: DocumentReader = {
  format: 'xlsx',
  identity: READER_IDENTITIES.xlsx,
  async open(bytes, { limits, signal }) {
    signal?.throwIfAborted();
    const parts = new ZipParts(bytes, limits);
    const workbook = readWorkbook(parts);
    const title = readTitle(parts);
    const budget = new CharacterBudget(limits);
    let context: SheetContext | undefined;
    return {
      format: 'xlsx',
      pageCount: Math.max(1, workbook.sheets.length),
      ...(title === undefined ? {} : { title }),
      async readPage(pageNumber) {
        signal?.throwIfAborted();
        const sheet = workbook.sheets[pageNumber - 1];
        const bytesOfSheet = sheet?.part === undefined ? undefined : parts.read(sheet.part);
        if (sheet === undefined || bytesOfSheet === undefined) return { method: 'none', items: [] };
        context ??= readContext(parts, workbook);
        budget.startPage(pageNumber);
        const sheetText = new SheetText(context, budget);
        readXml(bytesOfSheet, sheetText);
        if (sheetText.lines.length === 0) return { method: 'none', items: [] };
        return { method: 'text', items: [{ text: [sheet.name, ...sheetText.lines].join('\n') }] };
      },
      async [Symbol.asyncDispose]() {},
    };
  },
};

interface Sheet {
  readonly name: string;
  /** Undefined when the workbook lists a sheet that is not there. */
  readonly part: string | undefined;
  readonly isHidden: boolean;
}

interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly is1904: boolean;
  readonly relationships: readonly Relationship[];
}

function readWorkbook(parts: ZipParts): Workbook {
  const mainPart = findMainPart(parts, 'xl/workbook.xml');
  const relationships = readRelationships(parts, mainPart);
  const sheets: Sheet[] = [];
  let is1904 = false;
  readXml(readRequiredPart(parts, mainPart), {
    open(name, attributes) {
      if (name === 'workbookPr') {
        is1904 = isOn({ val: attribute(attributes, 'date1904') ?? 'false' });
      } else if (name === 'sheet') {
        const state = attribute(attributes, 'state') ?? 'visible';
        sheets.push({
          name: attribute(attributes, 'name') ?? '',
          part: relationships.get(relationshipId(attributes) ?? '')?.target,
          isHidden: state !== 'visible',
        });
      }
    },
  });
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  return {
    sheets: visible.length > 0 ? visible : sheets,
    is1904,
    relationships: [...relationships.values()],
  };
}

function readContext(parts: ZipParts, { relationships, is1904 }: Workbook): SheetContext {
  const readRelated = (wanted: string): Uint8Array | undefined => {
    const target = relationships.find(({ type }) => type === wanted)?.target;
    return target === undefined ? undefined : parts.read(target);
  };
  const sharedStrings = readRelated('sharedStrings');
  const styles = readRelated('styles');
  return {
    sharedStrings: sharedStrings ? readSharedStrings(sharedStrings) : [],
    dateStyles: styles ? readDateStyles(styles) : [],
    is1904,
  };
}
