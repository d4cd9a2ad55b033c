import { BLOCK_TAGS, PARAGRAPH_TAGS } from './html-tags.js';
import type { HtmlElement } from './html-tree.js';
import { TextWriter } from './text-writer.js';

/** A row with a cell longer than this that has lines of its own is there for the layout, not for data. */
const DATA_CELL_CHARACTERS = 400;

const VALUE_INPUT_TYPES = new Set(['', 'text', 'email', 'tel', 'url', 'number', 'date', 'search']);

/**
 * The text of an element as a person sees it: blocks, list items (`- `), table rows (` | ` between cells) and `<br>` on
 * lines of their own. The element must have been measured.
 * @param isLeftOut elements that are passed over beside those that are hidden
 */
export function renderVisibleText(element: HtmlElement, isLeftOut: (element: HtmlElement) => boolean): string {
  const writer = new TextWriter();
  renderElement(element, { writer, isLeftOut, isPreformatted: false });
  return writer.toString();
}

interface Rendering {
  readonly writer: TextWriter;
  readonly isLeftOut: (element: HtmlElement) => boolean;
  readonly isPreformatted: boolean;
}

function renderElement(element: HtmlElement, rendering: Rendering): void {
  if (element.hidden || rendering.isLeftOut(element)) return;
  const { writer } = rendering;
  switch (element.name) {
    case 'br':
      writer.newLine();
      return;
    case 'input':
      renderInput(element, writer);
      return;
    case 'select':
      renderSelect(element, rendering);
      return;
    case 'tr':
      renderRow(element, rendering);
      return;
    case 'li':
      writer.startListItem();
      renderChildren(element, rendering);
      writer.endListItem();
      return;
    case 'pre':
    case 'xmp':
    case 'listing':
    case 'textarea':
      writer.separateLines(2);
      renderChildren(element, { ...rendering, isPreformatted: true });
      writer.separateLines(2);
      return;
    default:
      renderBox(element, rendering);
  }
}

function renderBox(element: HtmlElement, rendering: Rendering): void {
  const isBlock = BLOCK_TAGS.has(element.name);
  const lines = PARAGRAPH_TAGS.has(element.name) ? 2 : 1;
  if (isBlock) rendering.writer.separateLines(lines);
  if (element.name === 'button') rendering.writer.space();
  renderChildren(element, rendering);
  if (element.name === 'button') rendering.writer.space();
  if (isBlock) rendering.writer.separateLines(lines);
}

function renderChildren(element: HtmlElement, rendering: Rendering): void {
  for (const child of element.children) {
    if (typeof child !== 'string') renderElement(child, rendering);
    else if (rendering.isPreformatted) rendering.writer.preformatted(child);
    else rendering.writer.text(child);
  }
}

function renderRow(row: HtmlElement, rendering: Rendering): void {
  const { writer } = rendering;
  const cells = row.children.filter((child) => typeof child !== 'string');
  const isLayout =
    row.hasTable || cells.some((cell) => cell.hasBreak && cell.textLength > DATA_CELL_CHARACTERS) || cells.length === 1;
  writer.separateLines(1);
  if (isLayout) {
    renderChildren(row, rendering);
  } else {
    writer.startRow();
    for (const cell of cells) {
      writer.startCell();
      renderElement(cell, rendering);
    }
    writer.endRow();
  }
  writer.separateLines(1);
}

function renderInput({ attributes }: HtmlElement, writer: TextWriter): void {
  if (!VALUE_INPUT_TYPES.has(attributes.type?.trim().toLowerCase() ?? '')) return;
  writer.space();
  writer.text(attributes.value ?? '');
  writer.space();
}

/** Of a closed list only the chosen entry is seen. */
function renderSelect(element: HtmlElement, rendering: Rendering): void {
  const options = findOptions(element);
  const chosen = options.find(({ attributes }) => attributes.selected !== undefined) ?? options[0];
  rendering.writer.space();
  if (chosen) renderChildren(chosen, rendering);
  rendering.writer.space();
}

function findOptions(element: HtmlElement): HtmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return child.name === 'option' ? [child] : findOptions(child);
  });
}
