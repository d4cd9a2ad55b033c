import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { embeddedJson, escapeHtml } from './escape-html.js';

const asset = (name: string) => readFileSync(new URL(`../../../assets/${name}`, import.meta.url), 'utf8');

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  /** HTML. */
  readonly body: string;
  /** For the script of the documents; a page without it has no script. */
  readonly data?: unknown;
}

/**
 * A page in one file. Nothing is loaded from anywhere: its policy allows the style and the script within it alone, by their
 * hashes, so that nothing a document says could run.
 */
export function writePage({ title, body, data }: PageParts): string {
  const style = asset('report.css');
  const script = data === undefined ? '' : asset('report.js');
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${script ? hashOf(script) : "'none'"}; base-uri 'none'; form-action 'none'`;
  const scripts = script
    ? `<script type="application/json" id="data">${embeddedJson(data)}</script>\n<script>${script}</script>\n`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
${scripts}</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
