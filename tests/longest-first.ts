import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The browser tests that take longest in Chromium, longest first. If one of them started last, it would run alone at the
 * end.
 */
const LONGEST = [
  'dialects',
  'bulk-faults',
  'accessibility',
  'lists',
  'search',
  'replacement-outcomes',
  'pseudo-locale-workbench',
  'no-mouse',
  'replacement-earlier',
  'bulk-crash',
  'history',
  'history-volume',
  'bulk-stops',
  'search-rows',
  'lock',
  'bulk-interrupted',
  'leaks',
  'keyboard',
  'replacement',
  'omnibox',
  'pseudo-locale',
  'network',
];

/** Runs the test files that take longest first, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.indexOf(basename(moduleId, '.test.ts'));
      return at < 0 ? LONGEST.length : at;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
