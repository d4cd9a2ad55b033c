/** Elements without content. */
export const VOID_TAGS: ReadonlySet<string> = new Set(
  'area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);

/** What may stand in `<head>`: anything else ends it. */
export const HEAD_TAGS: ReadonlySet<string> = new Set(
  'base basefont bgsound link meta title script style noscript template object'.split(' '),
);

/** Elements that begin and end a line. */
export const BLOCK_TAGS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol p pre ' +
    'search section summary table tbody td tfoot th thead title tr ul xmp'
  ).split(' '),
);

/** Elements that are set off by an empty line. */
export const PARAGRAPH_TAGS: ReadonlySet<string> = new Set(
  'article blockquote dl h1 h2 h3 h4 h5 h6 hr ol p pre section table ul'.split(' '),
);

/** Opening a tag ends the nearest of `ends` that is open, unless one of `within` stands between. */
export interface ImpliedEnd {
  readonly ends: ReadonlySet<string>;
  readonly within: ReadonlySet<string>;
}

const NO_TAGS = new Set<string>();
const TABLE = new Set(['table']);
const CELLS = new Set(['td', 'th']);
const SECTIONS = new Set(['tbody', 'thead', 'tfoot', 'caption', 'colgroup']);
const IN_CELL = new Set(['table', 'td', 'th', 'caption', 'template', 'button', 'object']);
const PARAGRAPH: ImpliedEnd = { ends: new Set(['p']), within: IN_CELL };
const NOTHING: readonly ImpliedEnd[] = [];
const ONLY_PARAGRAPH: readonly ImpliedEnd[] = [PARAGRAPH];

const IMPLIED_ENDS: ReadonlyMap<string, readonly ImpliedEnd[]> = new Map<string, readonly ImpliedEnd[]>([
  ['li', [PARAGRAPH, { ends: new Set(['li']), within: new Set(['ul', 'ol', 'menu', 'dir', 'table']) }]],
  ['dt', [PARAGRAPH, { ends: new Set(['dt', 'dd']), within: new Set(['dl', 'table']) }]],
  ['dd', [PARAGRAPH, { ends: new Set(['dt', 'dd']), within: new Set(['dl', 'table']) }]],
  ['td', [{ ends: CELLS, within: new Set(['tr', 'table']) }]],
  ['th', [{ ends: CELLS, within: new Set(['tr', 'table']) }]],
  ['tr', [{ ends: new Set(['tr', 'caption', 'colgroup']), within: TABLE }]],
  ['tbody', [{ ends: SECTIONS, within: TABLE }]],
  ['thead', [{ ends: SECTIONS, within: TABLE }]],
  ['tfoot', [{ ends: SECTIONS, within: TABLE }]],
  ['option', [{ ends: new Set(['option']), within: new Set(['select']) }]],
  ['optgroup', [{ ends: new Set(['option', 'optgroup']), within: new Set(['select']) }]],
  ['a', [{ ends: new Set(['a']), within: BLOCK_TAGS }]],
]);

/** What opening this tag ends without an end tag, after the rules of HTML ("optional tags"). */
export function impliedEnds(name: string): readonly ImpliedEnd[] {
  return IMPLIED_ENDS.get(name) ?? (BLOCK_TAGS.has(name) ? ONLY_PARAGRAPH : NOTHING);
}

const TABLE_PARTS = new Set(['td', 'th', 'tr', 'tbody', 'thead', 'tfoot', 'caption']);

/** An end tag does not reach beyond these: a stray `</span>` closes no block, a stray `</div>` no cell. */
export function endTagBoundary(name: string): ReadonlySet<string> {
  if (name === 'table') return NO_TAGS;
  if (TABLE_PARTS.has(name)) return TABLE;
  return BLOCK_TAGS.has(name) || name.includes(':') || name === 'svg' ? IN_CELL : BLOCK_TAGS;
}
