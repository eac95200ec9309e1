import { setTimeout as wait } from 'node:timers/promises';
import { type Bench, NotMeasurable, type RowGroup } from '../bench.ts';
import type { Sample } from '../experiment.ts';
import { extensionProcessMegabytes, workerHeapMegabytes } from '../memory.ts';
import type { Page } from '../page.ts';
import { withExtension } from './bulk-fixture.ts';
import { withPageTools } from './page-tools.ts';

const LARGE = 100_000;
const SMALL = 10_000;
const SHOWN = 'job of 100,000 codes: progress shown after the confirmation';
const RUNNING = '… the running job shown';
const HEAP = "… the worker's heap while it runs, beside a job of 10,000";
const PROCESS = "… the memory of the extension's process, beside a job of 10,000";
/** By then the job has claimed codes and written results several times. */
const UNDER_WAY_MS = 4_000;
/** A smaller job is over before the memory is measured. */
const MIN_COUNT = 6_000;
const SLOW_REVIEW_MS = 900_000;

/**
 * The start of a large job through the workbench, and the memory while it runs. Each job has a browser of its own. Its list
 * is pasted and reviewed as an operator does it, which takes minutes. So there are few rounds, and each must be within the
 * limit.
 */
export const largeJob: RowGroup = { name: 'large-job', rows: [SHOWN, RUNNING, HEAP, PROCESS], run };

/** The measurements of one job. */
interface MeasuredJob {
  /** Milliseconds from the confirming click until the page shows any progress. */
  shown: number;
  /** Milliseconds from the click until the page shows the running job. */
  running: number;
  /** The worker's heap after a garbage collection, in megabytes. */
  heap: number;
  /** The resident memory of the process that the worker is in, without any page, in megabytes. */
  process: number;
  reviewSeconds: number;
}

async function run(bench: Bench): Promise<void> {
  if (process.platform !== 'linux') throw new NotMeasurable('The memory of a process is read from /proc');
  const large: MeasuredJob[] = [];
  const small: MeasuredJob[] = [];
  const started = (jobs: MeasuredJob[], count: number) => async (): Promise<Sample> => {
    const job = await measureJob(bench, bench.quick ? Math.max(MIN_COUNT, count / 10) : count);
    jobs.push(job);
    return { value: job.shown, details: { ...job } };
  };
  const common = { rounds: bench.quick ? 1 : 3, warmUps: 0 };
  await bench.measure({
    ...common,
    name: 'large-job-shown',
    unit: 'ms',
    arms: { large: started(large, LARGE), small: started(small, SMALL) },
    comparisons: [{ row: SHOWN, of: 'large', limit: { atMost: 2_000 }, everyRound: true }],
  });
  // The same jobs gave the other values too.
  await bench.measure({
    ...common,
    name: 'large-job-running',
    unit: 'ms',
    arms: { large: valuesOf(large, 'running') },
    comparisons: [{ row: RUNNING, of: 'large', everyRound: true }],
  });
  await bench.measure({
    ...common,
    name: 'large-job-heap',
    unit: 'MB',
    arms: { large: valuesOf(large, 'heap'), small: valuesOf(small, 'heap') },
    comparisons: [{ row: HEAP, of: 'large', against: 'small', limit: { atMost: 1.2 }, everyRound: true }],
  });
  await bench.measure({
    ...common,
    name: 'large-job-process',
    unit: 'MB',
    arms: { large: valuesOf(large, 'process'), small: valuesOf(small, 'process') },
    comparisons: [{ row: PROCESS, of: 'large', against: 'small', everyRound: true }],
  });
}

/** An arm that gives one value of each measured job, in their order. */
function valuesOf(jobs: readonly MeasuredJob[], name: keyof MeasuredJob): () => Promise<Sample> {
  const values = jobs.map((job) => job[name]).values();
  return async () => ({ value: values.next().value ?? Number.NaN });
}

async function measureJob(bench: Bench, count: number): Promise<MeasuredJob> {
  let measured: MeasuredJob | undefined;
  await withExtension(bench, async ({ gateway, browser, origin, open }) => {
    const ids = await gateway.addCodes(count);
    const page = await open('workbench.html#bulk');
    const reviewedAt = Date.now();
    await page.evaluate(REVIEW(ids));
    await reviewed(page, count);
    const reviewSeconds = (Date.now() - reviewedAt) / 1000;
    const { shown, running } = await page.evaluate<{ shown: number; running: number }>(START(count));
    // The page's own memory must not count.
    await page.close();
    await wait(UNDER_WAY_MS);
    const heap = await workerHeapMegabytes(browser, origin);
    const process = await extensionProcessMegabytes(browser);
    const before = await gateway.countRequests();
    await wait(1_000);
    const after = await gateway.countRequests();
    if ((after.cancel ?? 0) <= (before.cancel ?? 0)) throw new Error('The job was not running');
    measured = { shown, running, heap, process, reviewSeconds };
  });
  if (!measured) throw new Error('The job was not measured');
  return measured;
}

/** Waits until the review shows its summary. Asks at intervals, because one long call would slow the page. */
async function reviewed(page: Page, count: number): Promise<void> {
  const deadline = Date.now() + SLOW_REVIEW_MS;
  while (!(await page.evaluate<boolean>(IS_REVIEWED(count)))) {
    if (Date.now() > deadline) throw new Error(`${count} codes were not reviewed before the timeout`);
    await wait(500);
  }
}

const inWords = (count: number) => count.toLocaleString('en-IN');
const TOOLS = `
  // Not \`innerText\`, which would lay the page out each time.
  const button = (name) => [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === name);
  const enter = (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
`;
const inPage = (work: string) => withPageTools(TOOLS + work);

const REVIEW = (ids: readonly string[]) =>
  inPage(`
    await until(() => button('Review IDs'));
    enter(document.querySelector('textarea'), ${JSON.stringify(ids.join('\n'))});
    await painted();
    button('Review IDs').click();
  `);

const IS_REVIEWED = (count: number) =>
  inPage(`return button('Cancel ${inWords(count)} QR codes…') !== undefined;`);

/** Answers the confirmation, and waits for any progress and for the running job. */
const START = (count: number) =>
  inPage(`
    const progress = (label) => document.querySelector('progress' + (label ? '[aria-label="' + label + '"]' : ''));
    if (progress()) throw new Error('The page shows progress before the start');
    button('Cancel ${inWords(count)} QR codes…').click();
    const dialog = await until(() => document.querySelector('[role=alertdialog]'));
    const fields = [...dialog.querySelectorAll('label')].filter(({ textContent }) => textContent.startsWith('Type CANCEL'));
    for (const { htmlFor } of fields) enter(document.getElementById(htmlFor), 'CANCEL ${count}');
    await painted();
    const confirm = await until(() => button('Cancel ${inWords(count)} QR codes'));
    const start = performance.now();
    confirm.click();
    await until(() => progress());
    await painted();
    const shown = performance.now() - start;
    await until(() => progress('Cancelling QR codes'));
    await painted();
    return { shown, running: performance.now() - start };
  `);
