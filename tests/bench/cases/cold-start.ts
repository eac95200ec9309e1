import { setTimeout as wait } from 'node:timers/promises';
import { type Bench, benchPath, type RowGroup } from '../bench.ts';
import { launchBrowser } from '../browser.ts';
import type { Sample } from '../experiment.ts';
import { Page } from '../page.ts';
import { WorkerStopper } from '../workers.ts';

const ROW = 'worker cold start';
/** A worker continues its start after the response. Wait, so that this does not affect the next sample. */
const SETTLE_MS = 100;
/** After a worker stops, the browser frees its threads and memory. */
const CLEARED_AWAY_MS = 60;

/** The message with the least work: it reads one value of session storage. */
const SUBJECT_MESSAGE = { name: 'consumePendingAction', request: { page: 'popup' } };

/** The time until a stopped worker answers a page, compared with a worker that does nothing else. */
export const coldStart: RowGroup = { name: 'cold-start', rows: [ROW], run };

async function run(bench: Bench): Promise<void> {
  const browser = await launchBrowser({
    extensions: [bench.extensionDir, benchPath('fixtures/minimal-extension')],
  });
  try {
    const [subjectOrigin, peerOrigin] = browser.origins;
    const subject = await Page.open(browser.cdp);
    await subject.gotoBare(`${subjectOrigin}popup.html`);
    const peer = await Page.open(browser.cdp);
    await peer.gotoBare(`${peerOrigin}popup.html`);
    const stopper = await WorkerStopper.on(subject);

    const timeToAnswer = async (page: Page, message: unknown): Promise<Sample> => {
      await wait(SETTLE_MS);
      await stopper.stopAll();
      await wait(CLEARED_AWAY_MS);
      return { value: await page.evaluate<number>(timedMessage(message)) };
    };
    await bench.measure({
      name: 'cold-start',
      unit: 'ms',
      rounds: bench.quick ? 25 : 120,
      warmUps: 5,
      arms: {
        subject: () => timeToAnswer(subject, SUBJECT_MESSAGE),
        peer: () => timeToAnswer(peer, SUBJECT_MESSAGE),
      },
      comparisons: [{ row: ROW, of: 'subject', against: 'peer', limit: { atMost: 1.45 } }],
    });
  } finally {
    await browser.close();
  }
}

/** Milliseconds from a message to its response. */
function timedMessage(message: unknown): string {
  return `(async () => {
    const start = performance.now();
    const answer = await chrome.runtime.sendMessage(${JSON.stringify(message)});
    const end = performance.now();
    if (answer !== null) throw new Error('Not the answer that was expected: ' + JSON.stringify(answer));
    return end - start;
  })()`;
}
