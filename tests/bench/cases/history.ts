import { inParts, makeHistory, putHistory } from '../../support/history-rows.ts';
import type { Bench, RowGroup } from '../bench.ts';
import { type BenchBrowser, launchBrowser } from '../browser.ts';
import type { Sample } from '../experiment.ts';
import { Page } from '../page.ts';
import { withPageTools } from './page-tools.ts';

const ROWS = 100_000;
const OPENED = 'history of 100,000 rows: opened, input answered';
const FILTERED = '… filtered by text';
const SCROLLED = '… a frame while scrolling';
const EXPORTED = '… exported as CSV';
/** The repetitions for one sample of a measurement that takes only a few frames. */
const TIMES = 4;
const PLAIN = '… beside a plain table of all rows';

/**
 * The history tab with 100,000 rows in IndexedDB: the time to the first rows and a handled input, a text filter, scrolling,
 * an export. A plain table of as many rows is measured for comparison only, without a limit.
 */
export const history: RowGroup = {
  name: 'history',
  rows: [OPENED, FILTERED, SCROLLED, EXPORTED, PLAIN],
  run,
};

async function run(bench: Bench): Promise<void> {
  const browser = await launchBrowser({ extensions: [bench.extensionDir] });
  try {
    const url = `${browser.origins[0]}workbench.html#history`;
    await seed(browser, url);
    const rounds = bench.quick ? 6 : 15;
    await bench.measure({
      name: 'history-open',
      unit: 'ms',
      rounds,
      warmUps: 1,
      arms: { opened: () => timeToOpen(browser, url) },
      comparisons: [{ row: OPENED, of: 'opened', limit: { atMost: 1_000 } }],
    });

    const page = await Page.openAt(browser.cdp, url);
    await page.evaluate(WHOLE);
    const take = (script: string) => async (): Promise<Sample> => {
      // Collect garbage now, so that the next sample does not pay for it.
      await page.send('HeapProfiler.collectGarbage');
      return { value: await page.evaluate<number>(script) };
    };
    let filtered = 0;
    await bench.measure({
      name: 'history-use',
      unit: 'ms',
      rounds,
      warmUps: 1,
      arms: {
        filtered: async () => {
          let sum = 0;
          for (let time = 0; time < TIMES; time += 1) {
            filtered += 1;
            sum += (await take(filterFor(`hist0${String(filtered).padStart(4, '0')}`))()).value;
          }
          return { value: sum / TIMES };
        },
        scrolled: take(SCROLL),
        exported: take(EXPORT),
      },
      comparisons: [
        { row: FILTERED, of: 'filtered', limit: { atMost: 200 } },
        { row: SCROLLED, of: 'scrolled', limit: { atMost: 34 } },
        { row: EXPORTED, of: 'exported', limit: { atMost: 5_000 } },
      ],
    });
    await page.close();
    await bench.measure({
      name: 'history-plain',
      unit: 'ms',
      rounds: bench.quick ? 1 : 3,
      warmUps: 0,
      arms: { opened: () => timeToOpen(browser, url), plain: () => timeOfPlainTable(browser) },
      comparisons: [{ row: PLAIN, of: 'opened', against: 'plain' }],
    });
  } finally {
    await browser.close();
  }
}

/** Lets the extension create its journal, then writes the rows to it. */
async function seed(browser: BenchBrowser, url: string): Promise<void> {
  const page = await Page.openAt(browser.cdp, url);
  await page.evaluate(SAYS('.history-summary', 'Nothing has been'));
  for (const part of inParts(makeHistory(ROWS, Date.now())))
    await page.evaluate(`(${putHistory})(${JSON.stringify(part)})`);
  await page.close();
}

async function timeToOpen(browser: BenchBrowser, url: string): Promise<Sample> {
  let sum = 0;
  for (let time = 0; time < TIMES; time += 1) sum += await openOnce(browser, url);
  return { value: sum / TIMES };
}

async function openOnce(browser: BenchBrowser, url: string): Promise<number> {
  const page = await Page.openAt(browser.cdp, url);
  try {
    return await page.evaluate<number>(TIME_TO_ANSWER);
  } finally {
    await page.close();
  }
}

async function timeOfPlainTable(browser: BenchBrowser): Promise<Sample> {
  const page = await Page.open(browser.cdp);
  try {
    return { value: await page.evaluate<number>(PLAIN_TABLE) };
  } finally {
    await page.close();
  }
}

const TOOLS = `
  const type = (text) => {
    const field = document.querySelector('input[type=search]');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
`;
const inPage = (work: string) => withPageTools(TOOLS + work);
const SAYS = (selector: string, text: string) =>
  inPage(`await until(says(${JSON.stringify(selector)}, ${JSON.stringify(text)}));`);

/** Waits until everything is read and verified. */
const WHOLE = SAYS('.chain-note', 'Record complete');

/** Milliseconds from the start of the navigation until rows are drawn and an input is handled. */
const TIME_TO_ANSWER = inPage(`
  await until(() => document.querySelector('tr[data-index]'));
  type('paan');
  await until(says('.history-bar', 'match'));
  await painted();
  return performance.now();
`);

/** Milliseconds until the rows with a text are drawn. Each of the texts is in ten rows. */
function filterFor(text: string): string {
  return inPage(`
    type('');
    await until(says('.history-summary', '1,00,000 rows'));
    await painted();
    const start = performance.now();
    type(${JSON.stringify(text)});
    await until(says('.history-summary', '10 of'));
    await painted();
    const end = performance.now();
    type('');
    await until(says('.history-summary', '1,00,000 rows'));
    await painted();
    return end - start;
  `);
}

/** Milliseconds for each of two hundred frames, while the table scrolls by half its height each time. */
const SCROLL = inPage(`
  const box = document.querySelector('.virtual-table');
  box.scrollTop = 0;
  await painted();
  const first = await new Promise(requestAnimationFrame);
  let last = first;
  for (let frame = 0; frame < 200; frame += 1) {
    box.scrollTop += box.clientHeight / 2;
    last = await new Promise(requestAnimationFrame);
  }
  if (box.scrollTop < 10000) throw new Error('It did not scroll.');
  return (last - first) / 200;
`);

/** Milliseconds from the click until the browser gets the file. */
const EXPORT = inPage(`
  const button = [...document.querySelectorAll('button')].find((each) => each.innerText === 'Export history (CSV)');
  const { click } = HTMLAnchorElement.prototype;
  const start = performance.now();
  await new Promise((done) => {
    HTMLAnchorElement.prototype.click = done;
    button.click();
  });
  const end = performance.now();
  HTMLAnchorElement.prototype.click = click;
  await until(() => !button.disabled);
  return end - start;
`);

/** Milliseconds until a plain table with as many rows of nine cells is drawn. */
const PLAIN_TABLE = inPage(`
  const start = performance.now();
  const table = document.createElement('table');
  for (let row = 0; row < ${ROWS}; row += 1) {
    const cells = document.createElement('tr');
    for (let cell = 0; cell < 9; cell += 1) {
      const one = document.createElement('td');
      one.textContent = 'QR26HIST' + row + ' ' + cell;
      cells.append(one);
    }
    table.append(cells);
  }
  document.body.append(table);
  await painted();
  return performance.now() - start;
`);
