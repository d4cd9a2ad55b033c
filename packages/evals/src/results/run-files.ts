/** The files of a run, by what they hold. */
export const RUN_FILES = {
  results: 'results.jsonl',
  summary: 'summary.json',
  markdown: 'report.md',
  junit: 'junit.xml',
  html: 'report.html',
} as const;
