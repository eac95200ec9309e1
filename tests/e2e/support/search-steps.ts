import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole } from '../../harness/find.ts';
import { waitForSummary } from './bulk-steps.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** A search of everything sends one request for each page. */
const LONG = { timeout: 60_000 };

/** Opens the search tab. `query` is from a bookmark, for example `?status=ACTIVE`. */
export function openSearchTab(kit: ChromiumFixture, query = ''): Promise<Page> {
  return kit.chromium.openPage(`workbench.html${query}#search`);
}

/** Sets filters, by their labels. */
export async function setFilters(page: Page, filters: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(filters)) {
    if (name === 'Text') await typeInto(page, name, text);
    else await setField(page, name, text);
  }
}

/** Sets the filters, searches, waits for the expected summary, and returns it. */
export async function searchFor(
  page: Page,
  filters: Readonly<Record<string, string>>,
  summary: string | RegExp,
): Promise<string> {
  await setFilters(page, filters);
  await clickRole(page, 'button', 'Search QR codes');
  return waitForSummary(page, summary, LONG);
}

/** The search requests that reached the gateway. */
export function searches(kit: ChromiumFixture) {
  return kit.sandbox.requests.of('search');
}

/** The texts of the cells of all drawn rows. */
export function drawnCells(page: Page): Promise<string[][]> {
  return page.$$eval('tr[data-index]', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim())),
  );
}

/** The codes of the drawn, selected rows. */
export function drawnSelected(page: Page): Promise<string[]> {
  return page.$$eval('tr[aria-selected=true]', (rows) => rows.map((row) => row.cells[1]?.innerText ?? ''));
}

/** Records the texts that the page copies, because a headless browser has no readable clipboard. */
export async function watchClipboard(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const copied: string[] = [];
    Object.assign(globalThis, { copied });
    navigator.clipboard.writeText = async (text) => void copied.push(text);
  });
  return () => page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
}

/** Sets a date, number or select, which are not text boxes, by its label. */
async function setField(page: Page, name: string, text: string): Promise<void> {
  await byRole(page, 'button', 'Search QR codes');
  await page.evaluate(
    (title, value) => {
      const label = [...document.querySelectorAll('label')].find((each) => each.innerText === title);
      const control = label?.control as HTMLInputElement | HTMLSelectElement | null;
      if (!control) throw new Error(`There is no field called ${title}`);
      if (control instanceof HTMLSelectElement)
        control.value = [...control.options].find((option) => option.text === value)?.value ?? '';
      else control.value = value;
      control.dispatchEvent(
        new Event(control instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }),
      );
    },
    name,
    text,
  );
}
