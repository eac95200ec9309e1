import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Starts a program with wrong paths to the browsers. */
function startWithoutBrowsers(program: string) {
  const env = { PATH: '', CHROME_PATH: '/nowhere/chromium', FIREFOX_PATH: '/nowhere/firefox' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
  return { status, stdout, stderr: stderr.trim().split('\n') };
}

const CHROMIUM =
  'CHROME_PATH names /nowhere/chromium, which is not there: set it to the program file of Chromium, or unset it.';
const FIREFOX =
  'FIREFOX_PATH names /nowhere/firefox, which is not there: set it to the program file of Firefox, or unset it.';

describe('without a browser', () => {
  it.each([
    ['tests/run-all.ts', [CHROMIUM, FIREFOX]],
    ['tests/bench/run.ts', [CHROMIUM]],
  ])('%s says in a sentence for each what is missing and what to do, and runs nothing', (program, said) => {
    expect(startWithoutBrowsers(program)).toEqual({ status: 1, stdout: '', stderr: said });
  });
});
