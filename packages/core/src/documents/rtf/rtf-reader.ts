import { DocketError } from '../../errors.js';
import { CharacterBudget } from '../character-budget.js';
import type { DocumentReader } from '../document-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { singlePageDocument } from '../single-page-document.js';
import { RtfText } from './rtf-text.js';
import { tokenizeRtf } from './rtf-tokens.js';

/** What may stand before the first brace: a byte order mark and white space. */
const START_BYTES = 64;

/** Reads Rich Text Format 1.9.1 as one page; pictures, objects, style tables and hidden text are left out. */
export const rtfReader: DocumentReader = {
  format: 'rtf',
  identity: READER_IDENTITIES.rtf,
  async open(bytes, { limits, signal }) {
    signal?.throwIfAborted();
    const start = new TextDecoder('latin1').decode(bytes.subarray(0, START_BYTES));
    if (!/^(\u00ef\u00bb\u00bf)?\s*\{\\rtf/.test(start)) {
      throw new DocketError(
        'document.corrupt',
        'the document is not RTF: it does not begin with {\\rtf; save it anew, or name it after what it is',
      );
    }
    const rtf = new RtfText(new CharacterBudget(limits));
    for (const token of tokenizeRtf(bytes)) rtf.add(token);
    signal?.throwIfAborted();
    const { text, title } = rtf.finish();
    return singlePageDocument({ format: 'rtf', text, title });
  },
};
