import type { Bench, RowGroup } from '../bench.ts';
import type { Sample } from '../experiment.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Page } from '../page.ts';
import { withBulkKit } from './bulk-fixture.ts';
import { withPageTools } from './page-tools.ts';

const COUNT = 5_000;
const ONE_BY_ONE_COUNT = 500;
const INPUTS = 8;
const IN_LISTS = 'a picture compared with 5,000 codes, their pictures in the lists';
const ANSWERED = `… input answered, the slowest of ${INPUTS}`;
const ONE_BY_ONE = '… with 500 codes, each read by itself';

/** The workbench's tab that finds a code by its picture, with a picture that no code has: all codes are compared. */
export const find: RowGroup = { name: 'find', rows: [IN_LISTS, ANSWERED, ONE_BY_ONE], run };

async function run(bench: Bench): Promise<void> {
  await withBulkKit(bench, [], async ({ gateway, open }) => {
    const page = await open('workbench.html#find');
    const picture = await gateway.preparePictures(COUNT, { areInLists: true });
    await page.evaluate(PASTE(picture));
    await page.evaluate(END);
    await bench.measure({
      name: 'find-in-lists',
      unit: 's',
      rounds: bench.quick ? 1 : 6,
      warmUps: 0,
      arms: { compared: () => secondsToCompare({ gateway, page, picture }, COUNT) },
      comparisons: [{ row: IN_LISTS, of: 'compared', limit: { atMost: 60 } }],
    });
    await bench.measure({
      name: 'find-answered',
      unit: 'ms',
      rounds: bench.quick ? 6 : 8,
      warmUps: 1,
      arms: { answered: async () => ({ value: await page.evaluate<number>(ANSWER(picture)) }) },
      comparisons: [{ row: ANSWERED, of: 'answered', limit: { atMost: 100 } }],
    });
    await page.evaluate(END);
    await gateway.preparePictures(ONE_BY_ONE_COUNT, { areInLists: false });
    await bench.measure({
      name: 'find-one-by-one',
      unit: 's',
      rounds: bench.quick ? 2 : 6,
      warmUps: 0,
      arms: { compared: () => secondsToCompare({ gateway, page, picture }, ONE_BY_ONE_COUNT) },
      comparisons: [{ row: ONE_BY_ONE, of: 'compared' }],
    });
  });
}

interface Subject {
  gateway: Gateway;
  page: Page;
  picture: string;
}

async function secondsToCompare({ gateway, page, picture }: Subject, count: number): Promise<Sample> {
  const before = await gateway.countRequests();
  const ms = await page.evaluate<number>(COMPARE(picture, count));
  const after = await gateway.countRequests();
  const sent = Object.fromEntries(
    Object.keys(after).map((key) => [key, Number(after[key]) - (before[key] ?? 0)]),
  );
  return { value: ms / 1_000, details: { sent } };
}

const TOOLS = `
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const button = (name) => [...document.querySelectorAll('button')].find(({ innerText }) => innerText === name);
  const paste = (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'picture.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  };
  const isIdle = () => !button('Stop');
  const isUnderWay = () => /[1-9][\\d,]* QR codes compared/.test(document.body.innerText);
`;
const inPage = (work: string) => withPageTools(TOOLS + work);
const PASTE = (picture: string) =>
  inPage(`
    while (!button('Choose pictures')) await wait(50);
    paste(${JSON.stringify(picture)});
    while (!isUnderWay()) await wait(20);
  `);

/** Stops the comparison, and empties the list. */
const END = inPage(`
  button('Stop')?.click();
  while (!isIdle()) await wait(20);
  button('Clear the list')?.click();
  while (button('Clear the list')) await wait(20);
`);

/** Milliseconds from the paste until the finding is drawn. Three of the sandbox's codes have no picture. */
const COMPARE = (picture: string, count: number) =>
  inPage(`
    const start = performance.now();
    paste(${JSON.stringify(picture)});
    const compared = () => /Not among the ([\\d,]+) QR codes that were read/.exec(document.body.innerText)?.[1];
    while (!compared()) {
      if (/Reading stopped|could not/.test(document.body.innerText)) throw new Error(document.body.innerText);
      await wait(50);
    }
    const end = performance.now();
    if (Number(compared().replaceAll(',', '')) !== ${count - 3}) throw new Error(compared() + ' were compared');
    button('Clear the list').click();
    while (button('Clear the list')) await wait(20);
    return end - start;
  `);

/**
 * Milliseconds until an input is handled and drawn while a comparison is under way: the slowest of several, at irregular
 * times. Starts the comparison again if it has ended.
 */
const ANSWER = (picture: string) =>
  inPage(`
    let slowest = 0;
    for (let input = 0; input < ${INPUTS}; input += 1) {
      if (isIdle()) {
        button('Clear the list')?.click();
        await wait(50);
        paste(${JSON.stringify(picture)});
      }
      while (!isUnderWay()) await wait(20);
      await wait(20 + Math.random() * 100);
      const start = performance.now();
      // Queued as a task, like a browser event.
      await wait(0);
      document.querySelector('h1').style.opacity = String(0.9 + Math.random() / 10);
      await painted();
      if (isUnderWay()) slowest = Math.max(slowest, performance.now() - start);
      else input -= 1;
    }
    return slowest;
  `);
