import type { DocumentResult } from '../results/document-result.js';
import type { BenchRun } from '../results/run-summary.js';

/** A run as JUnit XML: a suite per right answer, a case per document; wrong answers are failures, failed documents errors. */
export function writeJunit({ summary, results }: BenchRun<DocumentResult>): string {
  const suites = new Map<string, DocumentResult[]>();
  for (const result of results) {
    const name = result.expected ?? 'null';
    suites.set(name, [...(suites.get(name) ?? []), result]);
  }
  const lines = [...suites].flatMap(([name, cases]) => [
    `  <testsuite${attributes({ name, ...countsOf(cases) })}>`,
    ...cases.map((result) => testCase(result, name)),
    '  </testsuite>',
  ]);
  const about = { name: summary.dataset.name, ...countsOf(results) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(about)}>`,
    ...lines,
    '</testsuites>',
    '',
  ].join('\n');
}

function countsOf(results: readonly DocumentResult[]): Record<string, string> {
  const errors = results.filter(({ status }) => status === 'failed').length;
  const failures = results.filter((result) => result.status === 'classified' && result.answered !== result.expected);
  const time = results.reduce((total, result) => total + secondsOf(result), 0);
  return {
    tests: String(results.length),
    failures: String(failures.length),
    errors: String(errors),
    time: time.toFixed(3),
  };
}

function testCase(result: DocumentResult, classname: string): string {
  const about = attributes({ classname, name: result.id, time: secondsOf(result).toFixed(3) });
  if (result.status === 'failed') {
    const error = attributes({ type: result.code, message: result.message });
    return `    <testcase${about}><error${error}/></testcase>`;
  }
  const { answered, expected, confidence, reasoning } = result;
  if (answered === expected) return `    <testcase${about}/>`;
  const message = `answered ${answered ?? 'null'} (${confidence.toFixed(2)}), right is ${expected ?? 'null'}`;
  return `    <testcase${about}><failure${attributes({ message })}>${escapeXml(reasoning)}</failure></testcase>`;
}

function secondsOf(result: DocumentResult): number {
  return result.status === 'failed' ? 0 : (result.readMs + result.scoreMs) / 1000;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML 1.0 does not allow becomes the replacement character; line breaks are kept in attributes too. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
