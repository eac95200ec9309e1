import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachOnce, patchCounts, putCodes, slowDown } from '../support/bulk-codes.ts';
import { openBulkTab, startJob, waitForReport } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';

/** The number of connections that a browser opens to one host. */
const CONNECTIONS = 6;

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture({ extraArgs: ['--disable-http2'] });
});
afterAll(() => kit?.close());

it('I9 over HTTP/1.1 at most six cancels at once reach the gateway', async () => {
  const ids = putCodes(kit, 60);
  slowDown(kit, 150);
  const page = await openBulkTab(kit);
  let most = 0;
  const looking = setInterval(() => {
    const open = kit.patches().filter(({ answeredStatus }) => answeredStatus === undefined).length;
    most = Math.max(most, open);
  }, 5);
  await startJob(page, ids);
  await waitForReport(page, '60 cancelled').finally(() => clearInterval(looking));
  expect(new Set(kit.patches().map(({ httpVersion }) => httpVersion))).toEqual(new Set(['1.1']));
  expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  expect(most).toBe(CONNECTIONS);
});
