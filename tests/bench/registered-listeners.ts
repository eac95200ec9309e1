import { readFileSync } from 'node:fs';
import { benchPath } from './bench.ts';
import { launchBrowser } from './browser.ts';
import { copyWithWorker } from './extension-copy.ts';
import { Page } from './page.ts';

/** An event for which a worker registers a listener, as it is written in a script: `chrome.alarms.onAlarm`. */
export type EventPath = string;

const ON_MESSAGE: EventPath = 'chrome.runtime.onMessage';

/** Starts the build's worker once, and returns the events of the listeners that it registers synchronously, in order. */
export async function registeredListeners(extensionDir: string): Promise<EventPath[]> {
  const recorder = readFileSync(benchPath('fixtures/record-listeners.js'), 'utf8');
  const copy = copyWithWorker(
    extensionDir,
    'recorder',
    (original) => `${recorder}\n${original}\n;globalThis.endRecording();\n`,
  );
  const browser = await launchBrowser({ extensions: [copy] });
  try {
    const page = await Page.open(browser.cdp);
    await page.gotoBare(`${browser.origins[0]}popup.html`);
    const events = await page.evaluate<EventPath[] | undefined>(
      `chrome.runtime.sendMessage('registered listeners')`,
    );
    if (!events?.includes(ON_MESSAGE)) throw new Error(`The worker registered ${events?.join(', ')}`);
    return events;
  } finally {
    await browser.close();
  }
}

/** The script of a worker that registers listeners for the same events, answers each message, and does nothing else. */
export function emptyWorker(events: readonly EventPath[]): string {
  const [first, ...others] = events.toSorted((one, other) => rank(one) - rank(other));
  if (first !== ON_MESSAGE) throw new Error('Without a listener for messages a worker cannot answer.');
  return [
    `${ON_MESSAGE}.addListener((_message, _sender, answer) => answer(null));`,
    ...others.map((event) => `${event}.addListener(() => undefined);`),
    '',
  ].join('\n');
}

const rank = (event: EventPath): number => (event === ON_MESSAGE ? 0 : 1);
