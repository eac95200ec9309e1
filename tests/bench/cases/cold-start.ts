import { setTimeout as wait } from 'node:timers/promises';
import { type Bench, benchPath, type RowGroup } from '../bench.ts';
import { launchBrowser } from '../browser.ts';
import type { Sample } from '../experiment.ts';
import { copyWithWorker } from '../extension-copy.ts';
import { Page } from '../page.ts';
import { emptyWorker, registeredListeners } from '../registered-listeners.ts';
import { WorkerStopper } from '../workers.ts';

const FIRST =
  'worker cold start, first answer, beside an empty worker with the same permissions and listeners';
const FIRST_BESIDE_MINIMAL = '… beside a worker with one listener and no permissions';
const REAL = "… the answer that each page needs first, beside the empty worker's";
const REAL_BESIDE_MINIMAL = '… beside the worker with one listener';
/** A worker does its start-up work after the response. Wait, so that this does not affect the next sample. */
const SETTLE_MS = 400;
/** After a worker stops, the browser frees its threads and memory. */
const CLEARED_AWAY_MS = 60;

/** The message with the least work: it reads one value of session storage. */
const FIRST_MESSAGE = { name: 'consumePendingAction', request: { page: 'popup' } };
/** Each page sends it before it shows anything: accounts, settings, state of the vault, policy. */
const REAL_MESSAGE = { name: 'getAppState', request: {} };

/**
 * The time until a stopped worker answers a page. The empty worker is the floor: a copy of the build whose worker only
 * registers listeners for the same events and answers. The events are read from the build's own worker.
 */
export const coldStart: RowGroup = {
  name: 'cold-start',
  rows: [FIRST, FIRST_BESIDE_MINIMAL, REAL, REAL_BESIDE_MINIMAL],
  run,
};

async function run(bench: Bench): Promise<void> {
  const empty = emptyWorker(await registeredListeners(bench.extensionDir));
  const browser = await launchBrowser({
    extensions: [
      bench.extensionDir,
      copyWithWorker(bench.extensionDir, 'empty', () => empty),
      benchPath('fixtures/minimal-extension'),
    ],
  });
  try {
    const [subject, emptyPage, minimal] = await Promise.all(
      browser.origins.map(async (origin) => {
        const page = await Page.open(browser.cdp);
        await page.gotoBare(`${origin}popup.html`);
        return page;
      }),
    );
    if (!subject || !emptyPage || !minimal) throw new Error('An extension was not loaded');
    const stopper = await WorkerStopper.on(subject);
    const timeToAnswer = (page: Page, message: object, isAnswer: string) => async (): Promise<Sample> => {
      await wait(SETTLE_MS);
      await stopper.stopAll();
      await wait(CLEARED_AWAY_MS);
      return { value: await page.evaluate<number>(timedMessage(message, isAnswer)) };
    };
    await bench.measure({
      name: 'cold-start',
      unit: 'ms',
      rounds: bench.quick ? 25 : 60,
      warmUps: 5,
      arms: {
        first: timeToAnswer(subject, FIRST_MESSAGE, 'answer === null'),
        real: timeToAnswer(subject, REAL_MESSAGE, 'Array.isArray(answer?.accounts)'),
        empty: timeToAnswer(emptyPage, FIRST_MESSAGE, 'answer === null'),
        minimal: timeToAnswer(minimal, FIRST_MESSAGE, 'answer === null'),
      },
      comparisons: [
        { row: FIRST, of: 'first', against: 'empty', limit: { atMost: 1.1 } },
        { row: FIRST_BESIDE_MINIMAL, of: 'first', against: 'minimal' },
        { row: REAL, of: 'real', against: 'empty' },
        { row: REAL_BESIDE_MINIMAL, of: 'real', against: 'minimal' },
      ],
    });
  } finally {
    await browser.close();
  }
}

/** Milliseconds from a message to its response. `isAnswer` is the condition for the expected one. */
function timedMessage(message: object, isAnswer: string): string {
  return `(async () => {
    const start = performance.now();
    const answer = await chrome.runtime.sendMessage(${JSON.stringify(message)});
    const end = performance.now();
    if (!(${isAnswer})) throw new Error('Not the answer that was expected: ' + JSON.stringify(answer));
    return end - start;
  })()`;
}
