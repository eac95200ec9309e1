import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The browser tests that take longest, in Chromium the first one first; begun last, one of them would run alone at the end. */
const LONGEST = [
  'dialects',
  'replacement',
  'search',
  'bulk-faults',
  'accessibility',
  'lists',
  'history',
  'lock',
  'no-mouse',
  'bulk-crash',
  'bulk-stops',
  'bulk-interrupted',
  'leaks',
  'keyboard',
  'omnibox',
  'pseudo-locale',
  'network',
];

/** Begins with the test files that take longest, so that all workers end together. */
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
