/** How the pages of a PDF hang together. `balanced`: nodes of at most {@link FAN_OUT} children; `flat`: all under the root. */
export type PageTree = 'balanced' | 'flat';

/** Children of a node of a balanced tree. */
const FAN_OUT = 14;

const LINES_PER_PAGE = 42;
const LINE_CHARACTERS = 72;

const WORDS = `
  the of and to in for with by on from this that shall be
  is are under each agreement report section payment period account service office annual review
  total amount notice party schedule delivery quality customer supplier contract energy water system process
  research public management information project cost result table figure general provided accordance following including
  between during within order item value rate change plan market product number
`
  .trim()
  .split(/\s+/);

/**
 * Writes a PDF of text pages by hand: one font, one uncompressed content stream of about 3,000 characters for each page.
 * Page 1 is the same whatever the number of pages and the shape of the tree.
 */
export function pageTreePdf(pageCount: number, tree: PageTree): Uint8Array {
  const objects = new PdfObjects();
  const catalogue = objects.reserve();
  const font = objects.add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const root = objects.reserve();
  const pages = Array.from({ length: pageCount }, (_, index) => ({
    id: objects.reserve(),
    content: contentOf(index),
    count: 1,
  }));
  const top = tree === 'flat' ? pages : levelsAbove(pages, objects);
  objects.put(catalogue, `<< /Type /Catalog /Pages ${root} 0 R >>`);
  objects.put(root, `<< /Type /Pages ${kids(top, root, objects)} /Count ${pageCount} >>`);
  for (const { id, content } of pages) {
    const stream = objects.add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    const resources = `<< /Font << /F1 ${font} 0 R >> >>`;
    const parent = objects.parentOf(id);
    objects.put(
      id,
      `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents ${stream} 0 R >>`,
    );
  }
  return objects.toBytes(catalogue);
}

interface TreeNode {
  readonly id: number;
  /** Pages below. */
  readonly count: number;
}

/** Puts nodes above pages, level by level, until few enough are left for the root. */
function levelsAbove(pages: readonly TreeNode[], objects: PdfObjects): readonly TreeNode[] {
  let level = pages;
  while (level.length > FAN_OUT) {
    const starts = Array.from({ length: Math.ceil(level.length / FAN_OUT) }, (_, index) => index * FAN_OUT);
    const groups = starts.map((start) => level.slice(start, start + FAN_OUT));
    const inner = groups.map((children) => {
      const id = objects.reserve();
      return { id, children, count: children.reduce((sum, child) => sum + child.count, 0) };
    });
    for (const { id, children, count } of inner) {
      const list = kids(children, id, objects);
      objects.put(id, () => `<< /Type /Pages /Parent ${objects.parentOf(id)} 0 R ${list} /Count ${count} >>`);
    }
    level = inner;
  }
  return level;
}

function kids(children: readonly TreeNode[], parent: number, objects: PdfObjects): string {
  for (const { id } of children) objects.adopt(id, parent);
  return `/Kids [${children.map(({ id }) => `${id} 0 R`).join(' ')}]`;
}

/** The text operators of a page: words drawn by a fixed pseudo-random sequence, so that every page differs. */
function contentOf(page: number): string {
  let state = page * 7919 + 17;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return WORDS[(state >>> 8) % WORDS.length] as string;
  };
  const lines = Array.from({ length: LINES_PER_PAGE }, () => {
    let line = next();
    while (line.length < LINE_CHARACTERS) line += ` ${next()}`;
    return `(${line}) Tj T*`;
  });
  return `BT /F1 10 Tf 14 TL 56 780 Td (Page ${page + 1}) Tj T*\n${lines.join('\n')}\nET`;
}

/** Numbered PDF objects under construction. */
class PdfObjects {
  private readonly bodies: (string | (() => string))[] = [];
  private readonly parents = new Map<number, number>();

  /** Takes a number for an object whose body comes later. */
  reserve(): number {
    return this.bodies.push('null');
  }

  put(id: number, body: string | (() => string)): void {
    this.bodies[id - 1] = body;
  }

  add(body: string): number {
    return this.bodies.push(body);
  }

  adopt(id: number, parent: number): void {
    this.parents.set(id, parent);
  }

  parentOf(id: number): number {
    return this.parents.get(id) ?? 0;
  }

  toBytes(catalogue: number): Uint8Array {
    const parts = ['%PDF-1.4\n'];
    let offset = parts[0]?.length ?? 0;
    const offsets = this.bodies.map((body, index) => {
      const at = offset;
      const part = `${index + 1} 0 obj\n${typeof body === 'string' ? body : body()}\nendobj\n`;
      parts.push(part);
      offset += part.length;
      return at;
    });
    const entries = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
    const size = offsets.length + 1;
    parts.push(`xref\n0 ${size}\n0000000000 65535 f \n${entries}`);
    parts.push(`trailer\n<< /Size ${size} /Root ${catalogue} 0 R >>\nstartxref\n${offset}\n%%EOF\n`);
    return Buffer.from(parts.join(''), 'latin1');
  }
}
