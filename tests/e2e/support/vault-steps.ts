import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../harness/act.ts';
import type { ChromiumSession } from '../../harness/chromium.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';

type Area = 'local' | 'session';
export type Stored = Record<string, unknown>;

interface StorageApi {
  storage: Record<Area, { get: (key: null) => Promise<Stored>; set: (items: Stored) => Promise<void> }>;
}

/** Everything the extension keeps in one of its storage areas. */
export function readArea(chromium: ChromiumSession, area: Area): Promise<Stored> {
  return chromium.evaluateInWorker(async (name: Area) => {
    const { chrome: api } = globalThis as unknown as { chrome: StorageApi };
    return api.storage[name].get(null);
  }, area);
}

/** Puts values into a storage area behind the extension's back, as somebody with the profile's files could. */
export function writeArea(chromium: ChromiumSession, area: Area, items: Stored): Promise<void> {
  return chromium.evaluateInWorker(
    async (name: Area, values: Stored) => {
      const { chrome: api } = globalThis as unknown as { chrome: StorageApi };
      await api.storage[name].set(values);
    },
    area,
    items,
  );
}

/** Makes the worker see an event of one of the browser's own APIs, such as that the screen was locked. */
export function dispatchInWorker(
  chromium: ChromiumSession,
  api: 'idle' | 'alarms',
  event: 'onStateChanged' | 'onAlarm',
  payload: unknown,
): Promise<void> {
  return chromium.evaluateInWorker(
    (apiName: string, eventName: string, value: unknown) => {
      const { chrome: apis } = globalThis as unknown as {
        chrome: Record<string, Record<string, { dispatch: (value: unknown) => void }>>;
      };
      apis[apiName]?.[eventName]?.dispatch(value);
    },
    api,
    event,
    payload,
  );
}

/** Types a new passphrase twice and presses the button; the present one is typed where there is one. */
export async function choosePassphrase(options: Page, fresh: string, present?: string): Promise<void> {
  if (present !== undefined) await typeInto(options, 'Present passphrase', present);
  await typeInto(options, 'New passphrase', fresh);
  await typeInto(options, 'Repeat passphrase', fresh);
  await clickRole(options, 'button', present === undefined ? 'Set passphrase' : 'Change passphrase');
  await waitForText(options, present === undefined ? 'Passphrase set.' : 'Passphrase changed.');
}

export async function removePassphrase(options: Page, present: string): Promise<void> {
  await typeInto(options, 'Present passphrase', present);
  await clickRole(options, 'button', 'Remove passphrase');
  await waitForText(options, 'Passphrase removed.');
}

/** Tries a passphrase where a page asks for it. */
export async function tryPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.bringToFront();
  await typeInto(page, 'Passphrase', passphrase);
  await clickRole(page, 'button', 'Unlock');
  // The field is emptied when the try is over, and goes when it was the right one.
  await until('the answer to the passphrase', () =>
    page.evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLInputElement>('input[autocomplete=current-password]')];
      return fields.every(({ value }) => value === '');
    }),
  );
}

/** Presses the button of the question that is open which goes through with it. */
export async function confirmQuestion(page: Page, title: string): Promise<void> {
  const question = await byRole(page, 'alertdialog', title);
  await question.evaluate((dialog) => (dialog.querySelector('.danger-fill') as HTMLElement).click());
}
