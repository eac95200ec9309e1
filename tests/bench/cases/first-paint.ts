import { setTimeout as wait } from 'node:timers/promises';
import { type Bench, benchPath, type RowGroup } from '../bench.ts';
import { launchBrowser } from '../browser.ts';
import type { Sample } from '../experiment.ts';
import { openTab, Page } from '../page.ts';

const ROW = 'popup first paint';
/** The time after which a tab has certainly painted. Nothing is attached to it before. */
const PAINTED_MS = 250;

/** The first paint of the popup, compared with a popup of one word. */
export const firstPaint: RowGroup = { name: 'first-paint', rows: [ROW], run };

async function run(bench: Bench): Promise<void> {
  const browser = await launchBrowser({
    extensions: [bench.extensionDir, benchPath('fixtures/minimal-extension')],
  });
  try {
    // A page of each extension stays open, so that neither has to wait for a new process.
    for (const origin of browser.origins)
      await (await Page.open(browser.cdp)).gotoBare(`${origin}popup.html`);
    const [subjectOrigin, peerOrigin] = browser.origins;

    const timeToPaint = async (url: string): Promise<Sample> => {
      const targetId = await openTab(browser.cdp, url);
      await wait(PAINTED_MS);
      const page = await Page.attach(browser.cdp, targetId);
      try {
        return { value: await page.evaluate<number>(FIRST_CONTENTFUL_PAINT) };
      } finally {
        await page.close();
      }
    };
    await bench.measure({
      name: 'first-paint',
      unit: 'ms',
      rounds: bench.quick ? 16 : 50,
      warmUps: 4,
      arms: {
        subject: () => timeToPaint(`${subjectOrigin}popup.html`),
        peer: () => timeToPaint(`${peerOrigin}popup.html`),
      },
      comparisons: [{ row: ROW, of: 'subject', against: 'peer', limit: { atMost: 1.1 } }],
    });
  } finally {
    await browser.close();
  }
}

/** Milliseconds since the start of the navigation. */
const FIRST_CONTENTFUL_PAINT = `new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('The page paints nothing.')), 5000);
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (paint) resolve(paint.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;
