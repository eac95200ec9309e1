import { build, type Rolldown } from 'vite';
import { type Bench, benchPath, type RowGroup } from '../bench.ts';
import { launchBrowser } from '../browser.ts';
import { Page } from '../page.ts';
import type { Way } from './ids-in-page.ts';

const FOUND = 'ids out of 10,000 lines';
const FLOOR = '… beside lines that are not checked';
const PARSED = 'list of 10,000 lines parsed';

/**
 * Finds the ids in a list of 10,000 lines, compared with the simplest split with the same result: the distinct words. A
 * split at line breaks copies no character and checks no word; it is measured without a limit.
 */
export const ids: RowGroup = { name: 'ids', rows: [FOUND, FLOOR, PARSED], run };

async function run(bench: Bench): Promise<void> {
  const script = await bundle(benchPath('cases/ids-in-page.ts'));
  const browser = await launchBrowser({ extensions: [] });
  try {
    const page = await Page.open(browser.cdp);
    await page.evaluate(script);
    const take = (way: Way, lists: number) => async () => {
      // Collect garbage now, so that the next sample does not pay for it.
      await page.send('HeapProfiler.collectGarbage');
      return { value: await page.evaluate<number>(`measureWay(${JSON.stringify(way)}, ${lists})`) };
    };
    await bench.measure({
      name: 'ids',
      unit: 'ms',
      rounds: bench.quick ? 15 : 60,
      warmUps: 5,
      arms: {
        find: take('find', 4),
        list: take('list', 4),
        'split once': take('split once', 10),
        split: take('split', 30),
      },
      comparisons: [
        { row: FOUND, of: 'find', against: 'split once', limit: { atMost: 3 } },
        { row: FLOOR, of: 'find', against: 'split' },
        { row: PARSED, of: 'list', limit: { atMost: 500 } },
      ],
    });
  } finally {
    await browser.close();
  }
}

/** Bundles a module like the product, into one script for a page. */
async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: true, lib: { entry, formats: ['iife'], name: 'bench' } },
  });
  const [output] = Array.isArray(built) ? built : [built as Rolldown.RolldownOutput];
  const [chunk] = output?.output ?? [];
  if (!chunk) throw new Error(`${entry} could not be bundled`);
  return `${chunk.code};0`;
}
