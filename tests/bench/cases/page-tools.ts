/** Browsers report no shorter task, so a page without a long task counts as blocked for this time. */
const SHORTEST_LONG_TASK_MS = 50;

const TIMEOUT_MS = 120_000;

/**
 * Helpers of scripts in a page. `painted` resolves after the next paint. `until` looks after each paint, resolves with the
 * first true value, and fails after two minutes. `longestBlockSince` returns the longest task (ms) that began since a time of `performance.now()`.
 */
const PAGE_TOOLS = `
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const until = async (find) => {
    for (const from = performance.now(); ; await painted()) {
      const found = find();
      if (found) return found;
      if (performance.now() - from > ${TIMEOUT_MS})
        throw new Error('In vain: ' + find + ' – ' + document.body.innerText.slice(0, 2000));
    }
  };
  const says = (selector, text) => () => document.querySelector(selector)?.innerText.includes(text);
  const longestBlockSince = async (from) => {
    let longest = ${SHORTEST_LONG_TASK_MS};
    const take = (tasks) => {
      for (const { startTime, duration } of tasks) if (startTime >= from) longest = Math.max(longest, duration);
    };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: 'longtask', buffered: true });
    await new Promise((done) => setTimeout(done, 100));
    take(observer.takeRecords());
    observer.disconnect();
    return longest;
  };
`;

/** A script that runs in a page with {@link PAGE_TOOLS}. Resolves with the value that it returns. */
export function withPageTools(work: string): string {
  return `(async () => { ${PAGE_TOOLS} ${work} })()`;
}

/** The longest block of the page (ms) while a script runs in it. Itself part of a script of {@link withPageTools}. */
export function blockedIn(work: string): string {
  return `(async () => {
    const from = performance.now();
    ${work}
    return longestBlockSince(from);
  })()`;
}
