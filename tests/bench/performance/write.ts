import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LATENCY_ROWS } from '../cases/bulk-http2.ts';
import type { Verdict } from '../verdict.ts';
import { latencyPicture, latencyPoints } from './latency-picture.ts';
import { type KnownGroup, merge, type Results, type RunFacts } from './results.ts';
import { performancePage } from './table.ts';

const pathOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The stored measurements, from which the page and the picture are made. */
export const RESULTS_FILE = pathOf('tests/bench/results.json');
export const PAGE_FILE = pathOf('docs/performance.md');
export const PICTURE_FILE = pathOf('docs/pictures/latency.svg');

/** Stores the verdicts on one group, and makes the page and the picture again. */
export function storeVerdicts(
  run: RunFacts,
  group: string,
  verdicts: readonly Verdict[],
  known: readonly KnownGroup[],
): void {
  const results = merge(readResults(), run, group, verdicts, known);
  writeFileSync(RESULTS_FILE, `${JSON.stringify(results, undefined, 2)}\n`);
  const { page, picture } = filesOf(results);
  writeFileSync(PAGE_FILE, page);
  mkdirSync(dirname(PICTURE_FILE), { recursive: true });
  if (picture) writeFileSync(PICTURE_FILE, picture);
  else rmSync(PICTURE_FILE, { force: true });
}

export function readResults(): Results {
  if (!existsSync(RESULTS_FILE)) return { runs: [], rows: [] };
  return JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as Results;
}

/** The texts of the page and of the picture, if there is something to draw. */
export function filesOf(results: Results): { page: string; picture: string | undefined } {
  const points = latencyPoints(results, LATENCY_ROWS);
  const picture = points.length > 1 ? latencyPicture(points) : undefined;
  return { page: performancePage(results, picture !== undefined), picture };
}
