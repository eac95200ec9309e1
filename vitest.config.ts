import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { LongestFirst } from './tests/longest-first.ts';

/**
 * The time limits allow for a small machine. On CI a failed test is retried twice after a pause, because a machine short of
 * memory may stop the worker for longer than one try.
 */
const BROWSER_TEST = {
  testTimeout: 90_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  retry: process.env.CI ? { count: 2, delay: 5_000 } : 0,
};
/** The long soak takes up to an hour. */
const SOAK_TIMEOUT = 3_600_000;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [WxtVitest(), preact()],
        test: {
          name: 'unit',
          include: ['{utils,components,entrypoints,sandbox,tests/bench,tests/harness}/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/unit-setup.ts'],
          // Starting a worker for each file takes longer than most files' tests.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
          // Conditions are met quickly, but on a busy machine not within a second.
          expect: { poll: { interval: 10, timeout: 10_000 } },
        },
      },
      { test: { name: 'package', include: ['tests/package/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'e2e-chromium',
          include: ['tests/e2e/chromium/*.test.ts'],
          ...BROWSER_TEST,
          // The tests mostly wait, and each file has its own browser and gateway.
          fileParallelism: true,
          maxWorkers: 2,
          // Importing the sandbox and the driver takes as long as starting the browser.
          isolate: false,
        },
      },
      {
        test: {
          name: 'soak',
          include: ['tests/soak/*.test.ts'],
          ...BROWSER_TEST,
          testTimeout: SOAK_TIMEOUT,
          retry: 0,
        },
      },
      { test: { name: 'e2e-firefox', include: ['tests/e2e/firefox/*.test.ts'], ...BROWSER_TEST } },
    ],
  },
});
