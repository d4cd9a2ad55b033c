import type { DocumentResult } from '../results/document-result.js';
import { classified, failed } from './make-result.js';

/** What a hostile document might bring into a report. */
export const HOSTILE_TEXT =
  '</script><script>document.title = "owned"</script><img src=x onerror="document.title = 1">\u2028';

/** Many results of some types: nine of ten right, some null, some failed, one of them hostile. The same every time. */
export function makeManyResults(count: number, types: readonly string[]): DocumentResult[] {
  return Array.from({ length: count }, (_, index): DocumentResult => {
    const expected = index % 13 === 0 ? null : (types[index % types.length] ?? null);
    const id = `${expected ?? '_none'}/document-${String(index).padStart(5, '0')}.pdf`;
    if (index % 29 === 7) return failed(id, expected, 'document.no_text');
    const other = types[(index + 3) % types.length] ?? null;
    const answered = index % 10 === 5 ? other : expected;
    const confidence = answered === null ? 0.1 + (index % 7) / 20 : 0.55 + (index % 9) / 20;
    const best = answered ?? other ?? '';
    const side = (type: string, quote: string) => ({
      type,
      confidence,
      layout: ['landscape pages'],
      evidence: [{ page: 1, start: 0, end: quote.length, quote, weight: 1 }],
    });
    const reasoning = index === 5 ? HOSTILE_TEXT : `Page 1 reads "Total due", which marks ${best}.`;
    const evidence = [
      side(best, index === 5 ? HOSTILE_TEXT : 'Total due'),
      ...(expected && expected !== best ? [side(expected, 'Bill to')] : []),
    ];
    const about = { reasoning, evidence, tags: [index % 2 === 0 ? 'pdf' : 'scan'], group: `source-${index % 8}` };
    const ranking = types.map((type) => ({ type, confidence: type === best ? confidence : 0.01 }));
    ranking.sort((one, two) => two.confidence - one.confidence);
    return classified(id, expected, answered, confidence, { ...about, ranking });
  });
}
