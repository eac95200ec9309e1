import { jobInParts, makeFinishedJob, putJob } from '../../support/job-rows.ts';
import type { Bench, RowGroup } from '../bench.ts';
import { type BenchBrowser, launchBrowser } from '../browser.ts';
import type { Sample } from '../experiment.ts';
import { Page } from '../page.ts';
import { blockedIn, withPageTools } from './page-tools.ts';

const CODES = 100_000;
const OPENED = 'report of 100,000 codes: opened, filter answered';
const OPENED_BLOCK = '… the longest block of the page meanwhile';
const FILTERED = '… filtered by outcome and by reason';
const CSV = '… exported as CSV';
const EXCEL = '… exported to Excel';
const USED_BLOCK = '… the longest block of the page in a filter and both exports';

/** The report of a job of 100,000 codes in IndexedDB. */
export const largeReport: RowGroup = {
  name: 'large-report',
  rows: [OPENED, OPENED_BLOCK, FILTERED, CSV, EXCEL, USED_BLOCK],
  run,
};

async function run(bench: Bench): Promise<void> {
  const browser = await launchBrowser({ extensions: [bench.extensionDir] });
  try {
    const url = `${browser.origins[0]}workbench.html#bulk`;
    await seed(browser, url);
    const rounds = bench.quick ? 4 : 12;
    await bench.measure({
      name: 'large-report-open',
      unit: 'ms',
      rounds,
      warmUps: 1,
      arms: {
        opened: async () => {
          const { value, blocked } = await openOnce(browser, url);
          return { value, details: { blocked } };
        },
        blocked: async () => ({ value: (await openOnce(browser, url)).blocked }),
      },
      comparisons: [
        { row: OPENED, of: 'opened', limit: { atMost: 1_000 } },
        { row: OPENED_BLOCK, of: 'blocked', limit: { atMost: 100 }, everyRound: true },
      ],
    });
    const page = await Page.openAt(browser.cdp, url);
    await page.evaluate(OPEN_AND_ANSWER);
    const take = (script: string) => async (): Promise<Sample> => ({
      value: await page.evaluate<number>(script),
    });
    await bench.measure({
      name: 'large-report-use',
      unit: 'ms',
      rounds,
      warmUps: 1,
      arms: {
        filtered: take(FILTER),
        csv: take(exportBy('Download results (CSV)')),
        excel: take(exportBy('Download results (Excel)')),
        blocked: take(
          withPageTools(
            `return ${blockedIn(`
            await (${FILTER});
            await (${exportBy('Download results (CSV)')});
            await (${exportBy('Download results (Excel)')});
          `)};`,
          ),
        ),
      },
      comparisons: [
        { row: FILTERED, of: 'filtered', limit: { atMost: 500 } },
        { row: CSV, of: 'csv', limit: { atMost: 6_000 } },
        { row: EXCEL, of: 'excel', limit: { atMost: 6_000 } },
        { row: USED_BLOCK, of: 'blocked', limit: { atMost: 100 }, everyRound: true },
      ],
    });
    await page.close();
  } finally {
    await browser.close();
  }
}

/** Lets the extension create its journal, then writes the job to it. */
async function seed(browser: BenchBrowser, url: string): Promise<void> {
  const page = await Page.openAt(browser.cdp, url.replace('#bulk', '#history'));
  await page.evaluate(withPageTools(`await until(says('.history-summary', 'Nothing has been'));`));
  for (const part of jobInParts(makeFinishedJob(CODES, Date.now())))
    await page.evaluate(`(${putJob})(${JSON.stringify(part)})`);
  await page.close();
}

async function openOnce(browser: BenchBrowser, url: string): Promise<{ value: number; blocked: number }> {
  const page = await Page.openAt(browser.cdp, url);
  try {
    return await page.evaluate(OPEN_AND_ANSWER);
  } finally {
    await page.close();
  }
}

const CHOOSE = `
  const choose = (outcome) => {
    const field = document.querySelector('.item-filter select');
    field.value = outcome;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const rows = () => Number(document.querySelector('.virtual-table table')?.getAttribute('aria-rowcount')) - 1;
`;

/** From the start of the navigation until rows are drawn and a filter is handled, and the longest block until then. */
const OPEN_AND_ANSWER = withPageTools(`
  ${CHOOSE}
  await until(() => document.querySelector('tr[data-index]') && rows() === ${CODES});
  choose('not-found');
  await until(() => rows() === ${CODES * 0.03});
  await painted();
  const value = performance.now();
  return { value, blocked: await longestBlockSince(0) };
`);

/** Milliseconds until the rows with an outcome are drawn, and then those with a reason. */
const FILTER = withPageTools(`
  ${CHOOSE}
  choose('all');
  const reason = () => [...document.querySelectorAll('.reasons button')].find(({ innerText }) => innerText.includes('Approval pending'));
  await until(() => rows() === ${CODES} && reason());
  await painted();
  const start = performance.now();
  choose('unconfirmed');
  await until(() => rows() === ${CODES * 0.02});
  await painted();
  choose('all');
  await until(() => rows() === ${CODES} && reason());
  reason().click();
  await until(() => rows() === ${CODES * 0.03});
  await painted();
  const end = performance.now();
  reason().click();
  await until(() => rows() === ${CODES});
  return end - start;
`);

/** Milliseconds from the click until the browser gets the file. */
function exportBy(name: string): string {
  return withPageTools(`
    const button = [...document.querySelectorAll('button')].find(({ innerText }) => innerText === ${JSON.stringify(name)});
    const { click } = HTMLAnchorElement.prototype;
    const start = performance.now();
    await new Promise((done) => {
      HTMLAnchorElement.prototype.click = done;
      button.click();
    });
    const end = performance.now();
    HTMLAnchorElement.prototype.click = click;
    await until(() => button.innerText === ${JSON.stringify(name)});
    return end - start;
  `);
}
