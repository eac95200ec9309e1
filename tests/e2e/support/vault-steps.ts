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

/** The whole content of one of the extension's storage areas. */
export function readArea(chromium: ChromiumSession, area: Area): Promise<Stored> {
  return chromium.evaluateInWorker(async (name: Area) => {
    const { chrome: api } = globalThis as unknown as { chrome: StorageApi };
    return api.storage[name].get(null);
  }, area);
}

/** Writes to a storage area without the extension's code, as someone with access to the profile's files could. */
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

/** Dispatches in the worker an event of a browser API, for example a screen lock. */
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

/** Sets a new passphrase, or changes the present one. */
export async function choosePassphrase(options: Page, fresh: string, present?: string): Promise<void> {
  if (present !== undefined) await typeInto(options, 'Current passphrase', present);
  await typeInto(options, 'New passphrase', fresh);
  await typeInto(options, 'Repeat passphrase', fresh);
  await clickRole(options, 'button', present === undefined ? 'Set passphrase' : 'Change passphrase');
  await waitForText(options, present === undefined ? 'Passphrase set.' : 'Passphrase changed.');
}

export async function removePassphrase(options: Page, present: string): Promise<void> {
  await typeInto(options, 'Current passphrase', present);
  await clickRole(options, 'button', 'Remove passphrase');
  await waitForText(options, 'Passphrase removed.');
}

/** Enters a passphrase on a locked page. */
export async function tryPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.bringToFront();
  await typeInto(page, 'Passphrase', passphrase);
  await clickRole(page, 'button', 'Unlock');
  // The field is cleared after each try, and removed after the right one.
  await until('the answer to the passphrase', () =>
    page.evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLInputElement>('input[autocomplete=current-password]')];
      return fields.every(({ value }) => value === '');
    }),
  );
}

/** Confirms the open dialog. */
export async function confirmQuestion(page: Page, title: string): Promise<void> {
  const question = await byRole(page, 'alertdialog', title);
  await question.evaluate((dialog) => (dialog.querySelector('.danger-fill') as HTMLElement).click());
}
