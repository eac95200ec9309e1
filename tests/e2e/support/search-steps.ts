import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole } from '../../harness/find.ts';
import { waitForSummary } from './bulk-steps.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** A search of everything takes as many requests as there are pages. */
const LONG = { timeout: 60_000 };

/** Opens the search tab; `query` is what a bookmark has, such as `?status=ACTIVE`. */
export function openSearchTab(kit: ChromiumFixture, query = ''): Promise<Page> {
  return kit.chromium.openPage(`workbench.html${query}#search`);
}

/** Fills filters in by what their fields are called. */
export async function setFilters(page: Page, filters: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(filters)) {
    if (name === 'Text') await typeInto(page, name, text);
    else await setField(page, name, text);
  }
}

/** Fills the filters in and searches; answers once that is over and says what is expected. */
export async function searchFor(
  page: Page,
  filters: Readonly<Record<string, string>>,
  summary: string | RegExp,
): Promise<string> {
  await setFilters(page, filters);
  await clickRole(page, 'button', 'Search QR codes');
  return waitForSummary(page, summary, LONG);
}

/** The searches that reached the gateway, each with what was asked for. */
export function searches(kit: ChromiumFixture) {
  return kit.sandbox.requests.of('search');
}

/** What each row that is drawn says, by the cells. */
export function drawnCells(page: Page): Promise<string[][]> {
  return page.$$eval('tr[data-index]', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim())),
  );
}

/** The codes that are drawn as selected. */
export function drawnSelected(page: Page): Promise<string[]> {
  return page.$$eval('tr[aria-selected=true]', (rows) => rows.map((row) => row.cells[1]?.innerText ?? ''));
}

/** What the page puts into the clipboard from now on; a browser without a screen has none to read from. */
export async function watchClipboard(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const copied: string[] = [];
    Object.assign(globalThis, { copied });
    navigator.clipboard.writeText = async (text) => void copied.push(text);
  });
  return () => page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
}

/** Dates, numbers and choices are no text boxes; their labels lead to them. */
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
