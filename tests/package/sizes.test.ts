import { describe, expect, it } from 'vitest';
import { firstLoad, gzippedScript } from './script-sizes.ts';

/**
 * Gzipped bytes: the script and the style sheet that the popup loads before its first paint, and the worker's script. The
 * worker's planned jobs add some 4,000: it has to start, refuse and report them with no page open, and a worker can't load
 * code later. Wrappers of modules that are evaluated at their first use add 3,400.
 */
const LIMITS = { popup: 19_000, worker: 60_000 };

describe.each(['chrome-mv3', 'firefox-mv3'])('%s', (build) => {
  const dir = `.output/${build}`;

  it(`the popup's script and style sheet are at most ${LIMITS.popup} bytes gzipped`, () => {
    const { files, gzipped } = firstLoad(dir, 'popup.html');
    console.info(`${build} popup: ${gzipped} bytes gzipped`);
    // Each further file would cost a request before the first paint.
    expect(files.map((file) => file.replace(/-[\w-]{8}\./, '.'))).toEqual([
      'chunks/popup.js',
      'assets/popup.css',
    ]);
    expect(gzipped).toBeGreaterThan(5_000);
    expect(gzipped).toBeLessThanOrEqual(LIMITS.popup);
  });

  it(`the worker's script is at most ${LIMITS.worker} bytes gzipped`, () => {
    const size = gzippedScript(dir, 'background.js');
    console.info(`${build} worker: ${size} bytes gzipped`);
    expect(size).toBeGreaterThan(5_000);
    expect(size).toBeLessThanOrEqual(LIMITS.worker);
  });
});
