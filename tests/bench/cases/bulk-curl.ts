import type { Bench, RowGroup } from '../bench.ts';
import { cancelWithCurl, requireXargsAndCurl } from '../peers/curl.ts';
import { withBulkKit } from './bulk-fixture.ts';

const AT_ONCE = 6;
const LATENCY_MS = 20;
const ROW = `bulk at ${LATENCY_MS} ms beside xargs -P${AT_ONCE} curl`;

/** Compares with curl, as without the extension. The browser uses HTTP/1.1, because one curl a code does not gain from HTTP/2. */
export const bulkCurl: RowGroup = { name: 'bulk-curl', rows: [ROW], run };

async function run(bench: Bench): Promise<void> {
  requireXargsAndCurl();
  await withBulkKit(bench, ['--disable-http2'], async ({ gateway, request, subject }) => {
    const load = { count: bench.quick ? 60 : 500, latencyMs: LATENCY_MS };
    await bench.measure({
      name: 'bulk-curl',
      unit: 'codes/s',
      rounds: bench.quick ? 7 : 8,
      warmUps: 1,
      arms: {
        subject: () => gateway.rateOf(subject, load),
        curl: () => gateway.rateOf((ids) => cancelWithCurl(request, ids, AT_ONCE), load),
      },
      comparisons: [{ row: ROW, of: 'subject', against: 'curl', limit: { atLeast: 1.1 } }],
    });
  });
}
