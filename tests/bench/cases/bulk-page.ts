import type { Bench, RowGroup } from '../bench.ts';
import type { Sample } from '../experiment.ts';
import type { Page } from '../page.ts';
import { withBulkKit } from './bulk-fixture.ts';

const COUNT = 10_000;
const LATENCY_MS = 20;
const INPUTS = 8;
const FRAMES = 40;
const ANSWERED = `bulk of 10,000 under way: input answered, the slowest of ${INPUTS}`;
const SCROLLED = `… a frame while scrolling, the slowest of ${FRAMES}`;

/** The response times of the workbench during a bulk cancel at full speed. */
export const bulkPage: RowGroup = { name: 'bulk-page', rows: [ANSWERED, SCROLLED], run };

async function run(bench: Bench): Promise<void> {
  await withBulkKit(bench, [], async ({ gateway, subject, open }) => {
    const page = await open('workbench.html#bulk');
    let isOver = false;
    const over = gateway.rateOf(subject, { count: COUNT, latencyMs: LATENCY_MS }).finally(() => {
      isOver = true;
    });
    await page.evaluate(UNDER_WAY);
    const take = (script: string) => async (): Promise<Sample> => {
      const value = await page.evaluate<number>(script);
      if (isOver) throw new Error('The bulk cancel ended before the measurement');
      return { value };
    };
    await bench.measure({
      name: 'bulk-page',
      unit: 'ms',
      rounds: bench.quick ? 6 : 8,
      warmUps: 1,
      arms: { answered: take(ANSWER), scrolled: take(SCROLL) },
      comparisons: [
        { row: ANSWERED, of: 'answered', limit: { atMost: 100 } },
        { row: SCROLLED, of: 'scrolled', limit: { atMost: 100 } },
      ],
    });
    await end(page);
    await over.catch(() => undefined);
  });
}

/** Ends the job after the measurement. */
async function end(page: Page): Promise<void> {
  await page.evaluate(
    `[...document.querySelectorAll('button')].find(({ innerText }) => innerText === 'Stop for good').click()`,
  );
}

const TOOLS = `
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const box = () => document.querySelector('.virtual-table');
`;
const inPage = (work: string) => `(async () => { ${TOOLS} ${work} })()`;

/** Waits until the job has progressed and the table is drawn. */
const UNDER_WAY = inPage(`
  while (!box() || !/[1-9]\\d* cancelled/.test(document.body.innerText)) await wait(100);
`);

/** Milliseconds from a scrolling key until the new rows are drawn: the slowest of several, at irregular times. */
const ANSWER = inPage(`
  let slowest = 0;
  for (let input = 0; input < ${INPUTS}; input += 1) {
    await wait(20 + Math.random() * 100);
    const start = performance.now();
    // Queued as a task, like a browser event.
    await wait(0);
    box().scrollTop = Math.random() * box().scrollHeight;
    await painted();
    slowest = Math.max(slowest, performance.now() - start);
  }
  return slowest;
`);

/** The longest time between two frames, in milliseconds, while the table scrolls by half its height each time. */
const SCROLL = inPage(`
  box().scrollTop = 0;
  let last = await new Promise(requestAnimationFrame);
  let slowest = 0;
  for (let frame = 0; frame < ${FRAMES}; frame += 1) {
    box().scrollTop += box().clientHeight / 2;
    const now = await new Promise(requestAnimationFrame);
    slowest = Math.max(slowest, now - last);
    last = now;
  }
  return slowest;
`);
