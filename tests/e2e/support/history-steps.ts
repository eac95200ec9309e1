import type { Page } from 'puppeteer-core';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { byRole } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { inParts, type MadeHistory, putHistory } from '../../support/history-rows.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** Opens the history tab; `query` is what a bookmark has, such as `?outcome=rejected`. */
export function openHistoryTab(kit: ChromiumFixture, query = ''): Promise<Page> {
  return kit.chromium.openPage(`workbench.html${query}#history`);
}

/** What the rows that are drawn say, by their cells. */
export function drawnLines(page: Page): Promise<string[][]> {
  return page.$$eval('tr[data-index]', (rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()),
    ),
  );
}

/** What the row that is drawn for this id says, once there is one. */
export function lineWith(page: Page, text: string): Promise<string[]> {
  return until(`a row with ${text}`, async () =>
    (await drawnLines(page)).find((cells) => cells.some((cell) => cell.includes(text))),
  );
}

/** Waits until the page says this of the record, and answers all that it says of it. */
export function waitForRecord(page: Page, text: string | RegExp, timeout = 60_000): Promise<string> {
  const says = async () => {
    const [note = ''] = await page.$$eval('.chain-note', (all) =>
      all.map((each) => (each as HTMLElement).innerText),
    );
    return (typeof text === 'string' ? note.includes(text) : text.test(note)) ? note : undefined;
  };
  return until(`the record to be told as ${text}`, says, { timeout });
}

/** Puts a value into a filter, by what its field is called; of a choice, by its words. */
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

/** Puts a made history into the journal. */
export async function seedHistory(page: Page, made: MadeHistory): Promise<void> {
  for (const part of inParts(made)) await page.evaluate(putHistory, part);
}

/** All rows of the history as they stand in the journal. */
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

/** Writes to the history as somebody with the profile's files could: rows put in their place, and rows taken out. */
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

/** Takes the one record of where the chain begins and ends out of the journal, and leaves the rows. */
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
