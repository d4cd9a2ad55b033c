/** The words at a place of a text, on one line, with the stop of an abbreviation that ends them (`Invoice No.`). */
export function quoteAt(text: string, start: number, end: number): string {
  const abbreviated =
    /^\.(?=\s*[^\s\p{Lu}]|\s*$)/u.test(text.slice(end, end + 3)) && end - text.lastIndexOf(' ', end - 1) <= 4;
  return text.slice(start, abbreviated ? end + 1 : end).replace(/\s+/g, ' ');
}
