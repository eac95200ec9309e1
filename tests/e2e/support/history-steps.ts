import type { Page } from 'puppeteer-core';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { byRole } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { inParts, type MadeHistory, putHistory } from '../../support/history-rows.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** Opens the history tab. `query` is from a bookmark, for example `?outcome=rejected`. */
export function openHistoryTab(kit: ChromiumFixture, query = ''): Promise<Page> {
  return kit.chromium.openPage(`workbench.html${query}#history`);
}

/** The texts of the cells of all drawn rows. */
export function drawnLines(page: Page): Promise<string[][]> {
  return page.$$eval('tr[data-index]', (rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()),
    ),
  );
}

/** Waits for a drawn row with this text, and returns its cells. */
export function lineWith(page: Page, text: string): Promise<string[]> {
  return until(`a row with ${text}`, async () =>
    (await drawnLines(page)).find((cells) => cells.some((cell) => cell.includes(text))),
  );
}

/** Waits until the page's note about the record has this text, and returns the whole note. */
export function waitForRecord(page: Page, text: string | RegExp, timeout = 60_000): Promise<string> {
  const says = async () => {
    const [note = ''] = await page.$$eval('.chain-note', (all) =>
      all.map((each) => (each as HTMLElement).innerText),
    );
    return (typeof text === 'string' ? note.includes(text) : text.test(note)) ? note : undefined;
  };
  return until(`the record to be told as ${text}`, says, { timeout });
}

/** Sets a filter, by its label; in a select, the option with this text. */
export async function setHistoryFilter(page: Page, name: string, text: string): Promise<void> {
  await byRole(page, 'treegrid', 'History, row by row').catch(() => undefined);
  await page.evaluate(
    (title, value) => {
      const label = [...document.querySelectorAll('label')].find((each) => each.innerText === title);
      const control = label?.control as HTMLInputElement | HTMLSelectElement | null;
      if (!control) throw new Error(`There is no field called ${title}`);
      const isChoice = control instanceof HTMLSelectElement;
      if (isChoice)
        control.value = [...control.options].find((each) => each.text.includes(value))?.value ?? '';
      else control.value = value;
      control.dispatchEvent(new Event(isChoice ? 'change' : 'input', { bubbles: true }));
    },
    name,
    text,
  );
}

/** Writes a made history to the journal. */
export async function seedHistory(page: Page, made: MadeHistory): Promise<void> {
  for (const part of inParts(made)) await page.evaluate(putHistory, part);
}

/** All rows of the history in the journal. */
export function rowsInJournal(page: Page): Promise<HistoryRow[]> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('journal'));
    const all = await done(database.transaction('history').objectStore('history').getAll());
    database.close();
    return all;
  });
}

/** Replaces and removes rows of the history, as someone with access to the profile's files could. */
export async function tamper(
  page: Page,
  { put = [], remove = [] }: { put?: HistoryRow[]; remove?: number[] },
): Promise<void> {
  await page.evaluate(
    async (rows, gone) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('journal');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const writing = database.transaction('history', 'readwrite');
      for (const row of rows) writing.objectStore('history').put(row);
      for (const row of gone) writing.objectStore('history').delete(row);
      await new Promise((resolve) => {
        writing.oncomplete = resolve;
      });
      database.close();
    },
    put,
    remove,
  );
}

/** Removes the record of the chain's ends from the journal, and keeps the rows. */
export async function loseChain(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('journal');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const writing = database.transaction('chain', 'readwrite');
    writing.objectStore('chain').clear();
    await new Promise((resolve) => {
      writing.oncomplete = resolve;
    });
    database.close();
  });
}
