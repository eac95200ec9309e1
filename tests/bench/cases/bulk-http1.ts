import { type Bench, benchPath, type RowGroup } from '../bench.ts';
import type { CancelAll } from '../gateway/gateway.ts';
import { Helper } from '../helper.ts';
import type { PeerDuties } from '../peers/undici-pool.ts';
import { withBulkKit } from './bulk-fixture.ts';

const AT_ONCE = 6;
const LATENCY_MS = 20;
const BESIDE_UNDICI = `bulk at ${LATENCY_MS} ms, ${AT_ONCE} at once, beside an undici pool`;
const BESIDE_LOOP = '… beside the same loop without a journal';

/** Over HTTP/1.1 Chromium sends at most six requests at once to a host. */
export const bulkHttp1: RowGroup = { name: 'bulk-http1', rows: [BESIDE_UNDICI, BESIDE_LOOP], run };

async function run(bench: Bench): Promise<void> {
  const load = { count: bench.quick ? 150 : 2000, latencyMs: LATENCY_MS };
  const undici = new Helper<PeerDuties>(benchPath('peers/undici-pool.ts'));
  try {
    await withBulkKit(bench, ['--disable-http2'], async ({ gateway, request, subject, loop }) => {
      const rate = (cancelAll: CancelAll) => () => gateway.rateOf(cancelAll, load);
      await bench.measure({
        name: 'bulk-http1',
        unit: 'codes/s',
        rounds: bench.quick ? 7 : 8,
        warmUps: 1,
        arms: {
          subject: rate(subject),
          undici: rate((ids) => undici.ask('cancelAll', { request, ids: [...ids], atOnce: AT_ONCE })),
          loop: rate(loop(AT_ONCE)),
        },
        comparisons: [
          { row: BESIDE_UNDICI, of: 'subject', against: 'undici', limit: { atLeast: 0.95 } },
          { row: BESIDE_LOOP, of: 'subject', against: 'loop', limit: { atLeast: 0.9 } },
        ],
      });
    });
  } finally {
    await undici.close();
  }
}
