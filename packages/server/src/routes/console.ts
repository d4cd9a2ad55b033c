import { DocketError } from '@docket/core';
import { type ConsoleFile, ConsoleFiles } from '../console/console-files.js';
import type { DocketApp, DocketContext } from '../http/app-environment.js';
import { allowAnybody } from '../http/endpoint-access.js';

/** Everything comes from here, and nothing runs that was not built. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  vary: 'accept-encoding',
};

const NOT_BUILT = `The console is not built: run \`npm run build\` and load this page again.
The API works without it; /docs shows it.
`;

/** The console at `/`. The page needs no API key, whatever it asks for does. */
export function addConsoleRoutes(app: DocketApp, files = new ConsoleFiles()): void {
  const handler = (context: DocketContext) => answer(context, files);
  allowAnybody(handler);
  for (const path of ['/', '/assets/*']) app.get(path, handler);
}

async function answer(context: DocketContext, files: ConsoleFiles): Promise<Response> {
  const path = context.req.path === '/' ? 'index.html' : context.req.path.slice(1);
  const file = await files.get(path);
  if (file) return hand(context, file);
  if (path === 'index.html') return context.text(NOT_BUILT, 404);
  throw new DocketError('resource.not_found', 'Not Found');
}

function hand(context: DocketContext, { contentType, bytes, packed, etag, isHashed }: ConsoleFile): Response {
  const takesPacked = /\bgzip\b(?!\s*;\s*q=0(?:\.0+)?(?:\s*,|\s*$))/i.test(context.req.header('accept-encoding') ?? '');
  const isPacked = packed !== undefined && takesPacked;
  const headers = {
    ...SECURITY_HEADERS,
    // Other bytes, so another name.
    etag: isPacked ? etag.replace(/"$/, '-gzip"') : etag,
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (isKnown(headers.etag, context.req.header('if-none-match'))) return context.body(null, 304, headers);
  if (!isPacked) return context.body(bytes, 200, { ...headers, 'content-type': contentType });
  return context.body(packed, 200, { ...headers, 'content-type': contentType, 'content-encoding': 'gzip' });
}

function isKnown(etag: string, known = ''): boolean {
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
