import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type ApiReferenceConfiguration, Scalar } from '@scalar/hono-api-reference';
import type { DocketApp, DocketContext } from '../http/app-environment.js';
import { allowAnybody } from '../http/endpoint-access.js';
import { PACKAGE_VERSION } from '../operations/package-version.js';
import type { Services } from '../services.js';

const SCALAR_FOLDER = join(dirname(createRequire(import.meta.url).resolve('@scalar/api-reference')), '..');
const SCALAR_VERSION: string = JSON.parse(readFileSync(join(SCALAR_FOLDER, 'package.json'), 'utf8')).version;
const SCRIPT_PATH = `/docs/scalar-${SCALAR_VERSION}.js`;

/** Its address has its version in it: it never changes. */
const SCRIPT_CACHING = 'public, max-age=31536000, immutable';

/**
 * How the page is shown. Left to itself, it takes fonts from one host, sends test requests through a second and offers to
 * upload the description to a third.
 */
const PAGE: Partial<ApiReferenceConfiguration> & Record<string, unknown> = {
  pageTitle: 'Docket API',
  // Relative, so that they also lead here behind a proxy with a path of its own.
  url: './openapi.json',
  cdn: `.${SCRIPT_PATH}`,
  theme: 'default',
  withDefaultFonts: false,
  telemetry: false,
  // Not undefined: that stands for a proxy on the internet.
  proxyUrl: '',
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
};

/** `/openapi.json`, and `/docs`, which shows it and loads nothing from elsewhere. */
export function addApiPageRoutes(app: DocketApp, { settings }: Pick<Services, 'settings'>): void {
  let description: string | undefined;
  addOpenGet(app, '/openapi.json', (context) => {
    description ??= JSON.stringify(describeApi(app, settings.publicUrl));
    return context.body(description, 200, { 'content-type': 'application/json' });
  });
  addOpenGet(app, '/docs', async (context) => {
    const page = await renderPage(context);
    return context.html(page, 200, {
      'content-security-policy': contentPolicyOf(page),
      'referrer-policy': 'no-referrer',
    });
  });
  addOpenGet(app, SCRIPT_PATH, async (context) => {
    const script = await readFile(join(SCALAR_FOLDER, 'dist/browser/standalone.js'));
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': SCRIPT_CACHING };
    return context.body(new Uint8Array(script), 200, headers);
  });
}

function addOpenGet(app: DocketApp, path: string, handler: (context: DocketContext) => Response | Promise<Response>) {
  allowAnybody(handler);
  app.get(path, handler);
}

function describeApi(app: DocketApp, publicUrl: string | undefined): object {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Docket',
      version: PACKAGE_VERSION,
      description: 'Classifies documents by plain-language rules, on your own machine.',
      license: { name: 'Apache-2.0' },
    },
    ...(publicUrl !== undefined && { servers: [{ url: publicUrl }] }),
    // Without keys configured, any key is taken, and none.
    security: [{ bearer: [] }, {}],
  });
}

async function renderPage(context: DocketContext): Promise<string> {
  const response = await Scalar<never>(PAGE as ApiReferenceConfiguration)(context as never, async () => {});
  return response instanceof Response ? response.text() : '';
}

/** Lets the page load from here alone, and run no script but those it came with. */
function contentPolicyOf(page: string): string {
  const inlineScripts = [...page.matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g)];
  const hashes = inlineScripts.map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
