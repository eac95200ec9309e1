import { type Bench, benchPath, type RowGroup } from '../bench.ts';
import type { Experiment } from '../experiment.ts';
import type { CancelAll } from '../gateway/gateway.ts';
import { Helper } from '../helper.ts';
import type { PeerDuties } from '../peers/node-http2.ts';
import type { LatencyRows } from '../performance/latency-picture.ts';
import type { Comparison, Limit } from '../verdict.ts';
import { type BulkKit, withBulkKit } from './bulk-fixture.ts';

/** The extension's number of simultaneous requests over HTTP/2. */
const AT_ONCE = 24;
const COUNT = 1_500;

/** The measurements at one latency of the gateway. */
interface Distance {
  latencyMs: number;
  rounds: number;
  besideLoop: Limit;
  /** Only informs if missing: the browser's own time for a request is not ours. */
  besideNode?: Limit;
}

/** At a longer latency the machine is less busy, so that fewer rounds are enough. */
const DISTANCES: readonly Distance[] = [
  { latencyMs: 20, rounds: 12, besideLoop: { atLeast: 0.95 }, besideNode: { atLeast: 0.55 } },
  { latencyMs: 60, rounds: 12, besideLoop: { atLeast: 0.97 } },
  { latencyMs: 100, rounds: 8, besideLoop: { atLeast: 0.97 } },
  { latencyMs: 200, rounds: 6, besideLoop: { atLeast: 0.97 } },
];

const besideLoop = (latencyMs: number) =>
  `bulk over HTTP/2 at ${latencyMs} ms, ${AT_ONCE} at once, beside the bare loop in a worker`;
const besideNode = (latencyMs: number) => `… at ${latencyMs} ms beside Node's HTTP/2`;
const loopBesideNode = (latencyMs: number) => `… at ${latencyMs} ms, the bare loop beside Node's HTTP/2`;

/** The rows with the shares of Node's rate. */
export const LATENCY_ROWS: readonly LatencyRows[] = DISTANCES.map(({ latencyMs }) => ({
  latencyMs,
  job: besideNode(latencyMs),
  loop: loopBesideNode(latencyMs),
}));

/**
 * A job of 1,500 codes beside a bare loop in a worker with the same permissions and header rule, and beside Node's HTTP/2
 * client. The rate counts from the first to the last arrival, so that it includes the job's slow start.
 */
export const bulkHttp2: RowGroup = {
  name: 'bulk-http2',
  rows: DISTANCES.flatMap(({ latencyMs }) => comparisonsAt({ latencyMs }).map(({ row }) => row)),
  run,
};

async function run(bench: Bench): Promise<void> {
  const node = new Helper<PeerDuties>(benchPath('peers/node-http2.ts'));
  try {
    await withBulkKit(bench, [], async (kit) => {
      for (const distance of DISTANCES) await bench.measure(experimentAt(bench, distance, kit, node));
    });
  } finally {
    await node.close();
  }
}

function experimentAt(
  { quick }: Bench,
  distance: Distance,
  { gateway, request, subject, loop }: BulkKit,
  node: Helper<PeerDuties>,
): Experiment {
  const load = { count: quick ? 240 : COUNT, latencyMs: distance.latencyMs };
  const rate = (cancelAll: CancelAll) => () => gateway.rateOf(cancelAll, load);
  return {
    name: `bulk-http2-${distance.latencyMs}`,
    unit: 'codes/s',
    rounds: quick ? 5 : distance.rounds,
    warmUps: 1,
    arms: {
      subject: rate(subject),
      loop: rate(loop(AT_ONCE)),
      node: rate((ids) => node.ask('cancelAll', { request, ids: [...ids], atOnce: AT_ONCE })),
    },
    comparisons: comparisonsAt(distance),
  };
}

function comparisonsAt(distance: Pick<Distance, 'latencyMs'> & Partial<Distance>): Comparison[] {
  const { latencyMs, besideLoop: loopLimit, besideNode: nodeLimit } = distance;
  return [
    {
      row: besideLoop(latencyMs),
      of: 'subject',
      against: 'loop',
      ...(loopLimit && { limit: loopLimit }),
    },
    {
      row: besideNode(latencyMs),
      of: 'subject',
      against: 'node',
      ...(nodeLimit && { limit: nodeLimit }),
    },
    { row: loopBesideNode(latencyMs), of: 'loop', against: 'node' },
  ];
}
