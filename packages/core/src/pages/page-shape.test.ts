import { describe, expect, it } from 'vitest';
import { measureShape, median, type PageShape } from './page-shape.js';

/** A page without anything that is counted but the given features. */
const CASES: readonly (readonly [feature: keyof PageShape, text: string, count: number])[] = [
  ['lines', 'one\n\ntwo\nthree', 3],
  ['words', 'Pay 300 to Café Müller', 5],
  ['letters', 'Abc 12 é', 4],
  ['digits', 'No. 12, page 3', 3],
  ['medianLineLength', 'aa\nbbbb\ncccccccc', 4],
  ['bullets', '• one\n- two\n* three\n– four\nfive', 4],
  ['moneyAmounts', 'Total $12.50\nEUR 300\n1.234,56 €\n¥9800', 4],
  ['moneyAmounts', 'up 12.5 % to version 1.2 on 12.05.2020', 0],
  ['sections', '1. Scope\n2.3 Term\n§ 4 Rent\nArticle 5\n(a) the tenant\nand so on', 5],
  ['citations', 'as shown [12] and [3, 4] (Smith et al., 2004) (Jones, 1999)', 4],
  ['mailHeaders', 'From: a@b.c\nTo: d@e.f\nSubject: Hello\n\nSubject: again', 3],
  ['mailHeaders', 'Von: A\nAn: B\nBetreff: Miete\nDatum: heute', 4],
  ['mailHeaders', '发件人：张\n收件人：李\n主题：发票', 3],
  ['blankFields', 'Name: ________ Date .......... ☐ yes [ ] no', 4],
  ['codeLines', 'const total = 3;\nimport x from "y";\n}\nreturn total;', 4],
  ['questions', 'Who pays?\nWhen？\nI do.', 2],
  ['clockTimes', 'from 9:30 to 17:45, log 23:59:59.123', 3],
  ['speakers', 'MR. SMITH: No.\nAnna Meier: Yes.\nTHE COURT: Sustained.\nand then: nothing', 3],
];

describe('measureShape', () => {
  it.each(['1', '123 ', '1 ', "1'"])('is through with 200,000 characters of %j in linear time', (piece) => {
    expect(measureShape(piece.repeat(200_000 / piece.length)).moneyAmounts).toBe(0);
  });

  it.each(CASES)('counts %s of %j', (feature, text, count) => {
    expect(measureShape(text)[feature]).toBe(count);
  });

  it('counts nothing on an empty page', () => {
    expect(new Set(Object.values(measureShape('')))).toEqual(new Set([0]));
  });

  it('takes prose for prose', () => {
    const prose =
      'The tenant pays the rent on the first day of each month.\nThe landlord keeps the house in good repair.';
    const { bullets, moneyAmounts, sections, citations, mailHeaders, blankFields, codeLines, speakers } =
      measureShape(prose);
    const signs = [bullets, moneyAmounts, sections, citations, mailHeaders, blankFields, codeLines, speakers];
    expect(signs.every((count) => count === 0)).toBe(true);
  });

  it('looks for mail headers at the top only', () => {
    const text = `${'a line of text\n'.repeat(20)}From: a\nTo: b\nSubject: c`;
    expect(measureShape(text).mailHeaders).toBe(0);
  });

  it('counts the same again: nothing is kept from one page to the next', () => {
    const text = 'Total $12.50 at 9:30 [1] ____';
    expect(measureShape(text)).toEqual(measureShape(text));
  });
});

describe('median', () => {
  it('does not depend on the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([5, 9, 1])).toBe(5);
  });

  it('is 0 of nothing', () => {
    expect(median([])).toBe(0);
  });
});
