import { type Bench, benchPath, type RowGroup } from '../bench.ts';
import type { CancelAll } from '../gateway/gateway.ts';
import { Helper } from '../helper.ts';
import type { PeerDuties } from '../peers/node-http2.ts';
import { withBulkKit } from './bulk-fixture.ts';

const AT_ONCE = 24;
const LATENCY_MS = 20;
const BESIDE_NODE = `bulk over HTTP/2, ${AT_ONCE} at once, beside Node's HTTP/2`;
const BESIDE_LOOP = '… beside the same loop without a journal, over HTTP/2';

/** The extension's number of simultaneous requests over HTTP/2. */
export const bulkHttp2: RowGroup = { name: 'bulk-http2', rows: [BESIDE_NODE, BESIDE_LOOP], run };

async function run(bench: Bench): Promise<void> {
  const load = { count: bench.quick ? 240 : 2000, latencyMs: LATENCY_MS };
  const node = new Helper<PeerDuties>(benchPath('peers/node-http2.ts'));
  try {
    await withBulkKit(bench, [], async ({ gateway, request, subject, loop }) => {
      const rate = (cancelAll: CancelAll) => () => gateway.rateOf(cancelAll, load);
      await bench.measure({
        name: 'bulk-http2',
        unit: 'codes/s',
        rounds: bench.quick ? 7 : 12,
        warmUps: 1,
        arms: {
          subject: rate(subject),
          node: rate((ids) => node.ask('cancelAll', { request, ids: [...ids], atOnce: AT_ONCE })),
          loop: rate(loop(AT_ONCE)),
        },
        comparisons: [
          { row: BESIDE_NODE, of: 'subject', against: 'node', limit: { atLeast: 0.6 } },
          { row: BESIDE_LOOP, of: 'subject', against: 'loop' },
        ],
      });
    });
  } finally {
    await node.close();
  }
}
