import type { DocumentReader } from '../document-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { singlePageDocument } from '../single-page-document.js';
import { decodePlainText } from './plain-text.js';

/** Block of settings before a Markdown text, between lines of `---` (YAML) or `+++` (TOML). */
const FRONT_MATTER = /^\s*(---|\+\+\+)[ \t]*\n([\s\S]{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)/;

/** Reads plain text as it is. */
export const textReader: DocumentReader = {
  format: 'txt',
  identity: READER_IDENTITIES.txt,
  async open(bytes, options) {
    return singlePageDocument({ format: 'txt', text: decodePlainText(bytes, options) });
  },
};

/** Reads Markdown as it is; of its front matter only the lines around it are dropped, and its `title` is the title. */
export const markdownReader: DocumentReader = {
  format: 'md',
  identity: READER_IDENTITIES.md,
  async open(bytes, options) {
    const source = decodePlainText(bytes, options);
    const [whole, , settings] = FRONT_MATTER.exec(source) ?? [];
    if (whole === undefined || settings === undefined) return singlePageDocument({ format: 'md', text: source });
    const text = `${settings}\n\n${source.slice(whole.length)}`;
    return singlePageDocument({ format: 'md', text, title: findTitle(settings) });
  },
};

function findTitle(settings: string): string | undefined {
  const value = /^title[ \t]*[:=][ \t]*(.+)$/im.exec(settings)?.[1]?.trim();
  if (value === undefined || /^[|>][+-]?$/.test(value)) return undefined;
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
