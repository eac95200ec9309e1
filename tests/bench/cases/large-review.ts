import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, RowGroup } from '../bench.ts';
import type { Sample } from '../experiment.ts';
import type { Page } from '../page.ts';
import { withBulkKit } from './bulk-fixture.ts';
import { blockedIn, withPageTools } from './page-tools.ts';

const LONG = 100_000;
const SHORT = 10_000;
/** No review reads more codes per second. */
const MAX_RATE = 1_200;
const RATE = 'review of 100,000: codes per second, of those of 10,000';
const BLOCK = '… the longest block of the page from the press of Review IDs to Stop checking';
const PASTED = 'paste of 100,000 ids: the longest block of the page';
const TABLE = '… of a table of 100,000 rows and four columns, and its review';

/** The rate of a review and the response times of its page, with a list as long as allowed beside one of 10,000. */
export const largeReview: RowGroup = { name: 'large-review', rows: [RATE, BLOCK, PASTED, TABLE], run };

async function run(bench: Bench): Promise<void> {
  await withBulkKit(bench, [], async ({ gateway, open }) => {
    const ids = await gateway.addCodes(LONG);
    const pages = {
      long: await openWith(open, ids),
      short: await openWith(open, ids.slice(0, SHORT)),
    };
    const seconds = bench.quick ? 1.5 : 8;
    await bench.measure({
      name: 'large-review-rate',
      unit: '/s',
      rounds: bench.quick ? 6 : 12,
      warmUps: 1,
      arms: {
        long: () => rateOf(pages.long, seconds),
        short: () => rateOf(pages.short, seconds),
      },
      comparisons: [{ row: RATE, of: 'long', against: 'short', limit: { atLeast: 0.95 } }],
    });
    await pages.short.close();
    const page = pages.long;
    const take = (script: string) => async (): Promise<Sample> => ({
      value: await page.evaluate<number>(inPage(`await clear(); ${script}`)),
    });
    await page.send('Page.bringToFront');
    await page.evaluate(TABLE_OF_LIST);
    await bench.measure({
      name: 'large-review-block',
      unit: 'ms',
      rounds: bench.quick ? 4 : 12,
      warmUps: 1,
      arms: {
        review: take(`await paste(window.list); return ${blockedIn(REVIEW)};`),
        paste: take(`return ${blockedIn(`await paste(window.list);`)};`),
        table: take(`return ${blockedIn(`await paste(window.table); await begin(); await stop();`)};`),
      },
      comparisons: [
        { row: BLOCK, of: 'review', limit: { atMost: 100 }, everyRound: true },
        { row: PASTED, of: 'paste', limit: { atMost: 100 }, everyRound: true },
        { row: TABLE, of: 'table', limit: { atMost: 100 }, everyRound: true },
      ],
    });
    await page.close();
  });
}

/** Opens the bulk tab, with a list that scripts can paste. */
async function openWith(open: (path: string) => Promise<Page>, ids: readonly string[]): Promise<Page> {
  const page = await open('workbench.html#bulk');
  await page.evaluate(`window.list = ${JSON.stringify(`${ids.join('\n')}\n`)}; undefined`);
  return page;
}

/**
 * Codes per second of a review over some seconds. A review that was stopped continues, so that the samples of the long list
 * come from all parts of it; near its end it begins again.
 */
async function rateOf(page: Page, seconds: number): Promise<Sample> {
  await page.send('Page.bringToFront');
  await page.evaluate(inPage(`await beginOrContinue(${seconds * MAX_RATE});`));
  const { read: first, at: from } = await page.evaluate<Progress>(PROGRESS);
  await wait(seconds * 1_000);
  const { read: last, at: to } = await page.evaluate<Progress>(PROGRESS);
  await page.evaluate(inPage('await stop();'));
  if (!(last > first)) throw new Error('The review did not progress, or it ended.');
  return { value: ((last - first) * 1_000) / (to - from), details: { first, last } };
}

/** The number of codes read so far, and the time of it. */
interface Progress {
  read: number;
  at: number;
}

const TOOLS = `
  const button = (name) => [...document.querySelectorAll('button')].find(({ innerText }) => innerText === name);
  const field = () => document.querySelector('textarea');
  const settle = async () => { await painted(); await painted(); };
  const enter = (text) => {
    field().value = text;
    field().dispatchEvent(new Event('input', { bubbles: true }));
  };
  const clear = () => {
    if (button('Clear the list')) button('Clear the list').click();
    else enter('');
    return settle();
  };
  // As the operator does it: the page may take the text before the field has it.
  const paste = (text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    if (field().dispatchEvent(event)) enter(text);
    return settle();
  };
  const progress = () => document.querySelector('.bulk-panel .figures')?.innerText ?? '';
  const under = async (name) => {
    button(name).click();
    await until(() => button('Stop checking') && /[1-9][\\d,]* of/.test(progress()));
  };
  const begin = () => under('Review IDs');
  const beginOrContinue = async (next) => {
    if (field().value === '') await paste(window.list);
    const left = Number(/([\\d,]+) not checked/.exec(document.body.innerText)?.[1].replaceAll(',', '') ?? 0);
    await (button('Continue checking') && left > next ? under('Continue checking') : begin());
  };
  const stop = async () => {
    button('Stop checking')?.click();
    await until(() => !button('Stop checking'));
    await settle();
  };
`;
const inPage = (work: string) => withPageTools(TOOLS + work);
const REVIEW = `await begin(); await new Promise((done) => setTimeout(done, 1500)); await stop();`;

/** A table with the ids of the list. */
const TABLE_OF_LIST = `
  window.table =
    'QR code ID,Name,Amount,Status\\n' + window.list.replaceAll('\\n', ',Counter 4,500,ACTIVE\\n');
  undefined;
`;

const PROGRESS = `(() => ({
  read: Number(/([\\d,]+) of/.exec(document.querySelector('.bulk-panel .figures')?.innerText ?? '')?.[1].replaceAll(',', '')),
  at: performance.now(),
}))()`;
