import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type DocketServer, type ServerOptions, startServer } from '../../support/docket-server.js';
import { engineProcesses } from '../../support/engine-processes.js';

/** The browser of the machine. */
export const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** The console in a tab. */
export interface OpenConsole {
  readonly page: Page;
  /** What it should not have done: errors, what its policy refused, dialogs, requests to other addresses. */
  readonly noise: readonly string[];
  /** Addresses that it asked for. */
  readonly requested: readonly string[];
}

/** A browser, and servers that it looks at. */
export interface ConsoleStage {
  readonly url: () => string;
  readonly keyedUrl: () => string;
  /** Lets no document get on until the answer is disposed of: what waits goes on waiting. */
  holdEngines(): Disposable;
  /** Opens the console in a profile of its own, at a place such as `jobs`. */
  open(place?: string, options?: BrowserContextOptions): Promise<OpenConsole>;
}

/** What differs between the two servers. */
export interface StageOptions {
  readonly server: () => Promise<ServerOptions>;
  readonly keyed: () => Promise<ServerOptions>;
}

/** Starts one browser and the servers for the tests of a file. */
export function consoleStage(options: StageOptions): ConsoleStage {
  let browser: Browser | undefined;
  let server: DocketServer | undefined;
  let keyed: DocketServer | undefined;

  beforeAll(async () => {
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args });
    server = await startServer(await options.server());
    keyed = await startServer(await options.keyed());
  }, 120_000);

  // What is open goes on asking, and slows down what comes after it.
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await keyed?.[Symbol.asyncDispose]();
  });

  const url = () => server?.url ?? '';
  return {
    url,
    keyedUrl: () => keyed?.url ?? '',
    holdEngines() {
      const ids = server ? [...engineProcesses(server.processId).keys()] : [];
      for (const id of ids) process.kill(id, 'SIGSTOP');
      return {
        [Symbol.dispose]: () => {
          for (const id of ids) process.kill(id, 'SIGCONT');
        },
      };
    },
    async open(place = 'try', contextOptions = {}) {
      if (!browser) throw new Error('there is no browser');
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
      context.setDefaultTimeout(120_000);
      const page = await context.newPage();
      const origin = contextOptions.baseURL ?? url();
      const { noise, requested } = listen(page, origin);
      await page.goto(`${origin}/#/${place}`);
      return { page, noise, requested };
    },
  };
}

/** Says what axe minds of a page, whatever its impact. */
export async function expectAccessible(page: Page): Promise<void> {
  // By the debugger, which the policy of the page does not bind.
  await page.evaluate(AXE);
  const violations = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]))',
  );
  expect(violations).toEqual([]);
}

function listen(page: Page, own: string) {
  const noise: string[] = [];
  const requested: string[] = [];
  page.on('console', (message) => {
    // The browser says so of each answer that is none of success.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) noise.push(message.text());
  });
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => noise.push(`window: ${popup.url()}`));
  page.on('request', (request) => {
    requested.push(request.url());
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== own) noise.push(request.url());
  });
  return { noise, requested };
}
