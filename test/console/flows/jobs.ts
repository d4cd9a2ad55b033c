import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { ConsoleStage } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';
import { createJobs, type JobMaker, jobMaker } from '../support/jobs.js';

const MANY = 2000;
const PAGE = 100;

/** Jobs as they come and go. */
export function declareJobs(stage: ConsoleStage): void {
  describe('Jobs', () => {
    let maker: Promise<JobMaker> | undefined;
    const jobs = () => {
      maker ??= jobMaker(stage.url(), ['contract-3p.pdf', 'minutes.txt', 'encrypted-letter.pdf']);
      return maker;
    };

    test('come by themselves, are filtered, opened with what speaks for them, and deleted', async () => {
      const { page, noise, requested } = await stage.open('jobs');
      await page.getByText('live', { exact: true }).waitFor();
      await createJobs(await jobs(), 6);
      await eventually(() => page.locator('tbody tr', { hasText: 'Completed' }).count()).toBe(4);
      await eventually(() => page.locator('tbody tr', { hasText: 'Failed' }).count()).toBe(2);
      await page.getByLabel('Status').selectOption('FAILED');
      await eventually(() => page.locator('tbody tr').count()).toBe(2);
      expect(requested.some((url) => url.includes('status=FAILED'))).toBe(true);
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await eventually(() => page.locator('tbody tr').count()).toBe(6);
      const [oneId = ''] = jobIdsIn(await page.locator('tbody tr a').first().getAttribute('href'));
      const filters = [
        ['Job ids', oneId, 1],
        ['Created from', '2999-01-01T00:00', 0],
        ['to', '2999-01-01T00:00', 6],
      ] as const;
      for (const [label, value, found] of filters) {
        await page.getByLabel(label, { exact: true }).fill(value);
        await page.getByLabel(label, { exact: true }).press('Tab');
        await eventually(() => page.locator('tbody tr').count()).toBe(found);
        await page.getByRole('button', { name: 'Clear filters' }).click();
        await eventually(() => page.locator('tbody tr').count()).toBe(6);
      }
      const bytes = await holdDownloads(page);
      await page.getByRole('link', { name: 'contract-3p.pdf' }).first().click();
      await page.getByRole('heading', { name: 'contract-3p.pdf', level: 1 }).waitFor();
      await page.locator('.quote', { hasText: 'page 3' }).first().click();
      // First its text is shown, then its drawing takes the place of that: the quote stays in sight.
      await page.locator('.text-mark.is-current').first().waitFor();
      bytes.release();
      await page.locator('.page[data-page="3"] .page-mark.is-current').first().waitFor();
      await page.locator('.page[data-page="3"] .sheet[data-state=drawn]').waitFor();
      await page.getByRole('button', { name: 'Delete' }).click();
      const question = page.getByRole('dialog', { name: 'Delete contract-3p.pdf?' });
      await question.getByRole('button', { name: 'Cancel' }).click();
      await question.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Delete' }).click();
      await question.getByRole('button', { name: 'Delete' }).click();
      await page.getByTestId('job-count').filter({ hasText: '5 jobs' }).waitFor();
      await page.getByTestId('announcer').filter({ hasText: 'was deleted' }).waitFor({ state: 'attached' });
      // The keyboard goes on in the list, where the job was, also when it was deleted there.
      await page.locator('tbody tr a:focus').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByTestId('job-count').filter({ hasText: '4 jobs' }).waitFor();
      await page.locator('tbody tr a:focus').waitFor();
      expect(noise).toEqual([]);
    });

    test('waiting ones are cancelled', async () => {
      const { page, noise } = await stage.open('jobs');
      using _ = stage.holdEngines();
      const made = await createJobs(await jobs(), 60);
      const last = made.at(-1) ?? '';
      const row = page.locator(`tr[data-job="${last}"]`);
      await row.getByRole('button', { name: /^Cancel/ }).click();
      await row.getByText('Cancelled').waitFor();
      // Where the one button was the other one is now: a second click asks.
      await row.getByRole('button', { name: /^Delete/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await row.getByText('Cancelled').waitFor();
      const job = await (await fetch(`${stage.url()}/api/v2/classify/${last}`)).json();
      expect(job).toMatchObject({ status: 'CANCELLED' });
      expect(noise).toEqual([]);
    });

    test('what can be seen stays where it is while jobs come', async () => {
      const { page, noise } = await stage.open('jobs', { viewport: { width: 1440, height: 500 } });
      await eventually(() => page.locator('tbody tr').count()).toBeGreaterThan(15);
      const table = page.locator('.job-table');
      await table.evaluate((element) => Reflect.set(element, 'scrollTop', 400));
      const row = page.locator('tbody tr:nth-child(15)');
      const id = await row.getAttribute('data-job');
      const same = page.locator(`tr[data-job="${id}"]`);
      const before = await same.boundingBox();
      const total = Number((await page.getByTestId('job-count').textContent())?.split(' ')[0]);
      await createJobs(await jobs(), 3);
      await page
        .getByTestId('job-count')
        .filter({ hasText: `${total + 3} jobs` })
        .waitFor();
      expect((await same.boundingBox())?.y).toBe(before?.y);
      await page.getByLabel('Status').selectOption('COMPLETED');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await eventually(() => table.evaluate((element) => Reflect.get(element, 'scrollTop'))).toBe(0);
      expect(noise).toEqual([]);
    });

    test('thousands scroll: only what can be seen is drawn, and the keyboard gets everywhere', async () => {
      const { page, noise } = await stage.open('state');
      await page.route('**/api/v2/classify?*', (route) => {
        const start = Number(new URL(route.request().url()).searchParams.get('page_token') ?? 0);
        return route.fulfill({ json: syntheticPage(start) });
      });
      // Those of the server stay out of it.
      await page.route('**/api/local/events', (route) => {
        return route.fulfill({ contentType: 'text/event-stream', body: 'event: ready\ndata: {}\n\n' });
      });
      await page.getByRole('link', { name: 'Jobs' }).click();
      await page.getByTestId('job-count').filter({ hasText: '2,000 jobs' }).waitFor();
      await page.locator('tbody a').first().focus();
      const focused = () => page.evaluate('document.activeElement.closest("tr")?.getAttribute("aria-rowindex")');
      await eventually(async () => {
        await page.keyboard.press('End');
        return focused();
      }).toBe(String(MANY + 1));
      expect(await page.locator('tbody tr').count()).toBeLessThan(60);
      await page.keyboard.press('ArrowUp');
      expect(await focused()).toBe(String(MANY));
      await page.keyboard.press('Home');
      expect(await focused()).toBe('2');
      expect(noise).toEqual([]);
    });
  });
}

/** Holds the bytes of documents back until they are released. */
async function holdDownloads(page: Page): Promise<{ release: () => void }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/download?*', async (route) => {
    await released;
    await route.continue();
  });
  return { release };
}

function syntheticPage(start: number) {
  const items = Array.from({ length: PAGE }, (_, index) => {
    const number = MANY - start - index;
    return {
      id: `clj-${String(number).padStart(8, '0')}`,
      created_at: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
      updated_at: new Date(Date.UTC(2026, 0, 1) + number * 1000 + 500).toISOString(),
      file_input: 'pjb-none',
      document_input_type: 'parse_job_id',
      status: 'COMPLETED',
      configuration: { rules: [], mode: 'FAST', parsing_configuration: null },
      result: { type: 'invoice', confidence: (number % 100) / 100, reasoning: '' },
      error_message: null,
      configuration_id: null,
      transaction_id: null,
      parse_job_id: null,
    };
  });
  const next = start + PAGE;
  return { items, next_page_token: next < MANY ? String(next) : null, total_size: MANY };
}

/** Ids of jobs in an address of the console. */
function jobIdsIn(href: string | null): readonly string[] {
  return href?.match(/clj-[0-9a-f-]+/g) ?? [];
}
