import { describe, expect, it } from 'vitest';
import { gzippedScript, scriptsOf } from './script-sizes.ts';

/**
 * Gzipped bytes: the scripts that opening the popup, or starting the worker, has to load. The worker's planned jobs add some
 * 4,000: it has to start, refuse and report them with no page open, and a worker can't load code later. Wrappers of modules
 * that are evaluated at their first use add 3,400.
 */
const LIMITS = { popup: 25_000, worker: 60_000 };

describe.each(['chrome-mv3', 'firefox-mv3'])('%s', (build) => {
  const dir = `.output/${build}`;

  it(`the popup's script is at most ${LIMITS.popup} bytes gzipped`, () => {
    const [entry, ...more] = scriptsOf(dir, 'popup.html');
    expect(more).toEqual([]);
    const size = gzippedScript(dir, String(entry));
    console.info(`${build} popup: ${size} bytes gzipped`);
    expect(size).toBeGreaterThan(5_000);
    expect(size).toBeLessThanOrEqual(LIMITS.popup);
  });

  it(`the worker's script is at most ${LIMITS.worker} bytes gzipped`, () => {
    const size = gzippedScript(dir, 'background.js');
    console.info(`${build} worker: ${size} bytes gzipped`);
    expect(size).toBeGreaterThan(5_000);
    expect(size).toBeLessThanOrEqual(LIMITS.worker);
  });
});
