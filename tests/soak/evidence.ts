import type { LoggedRequest } from '../../sandbox/server.ts';
import type { CancelAttempt } from '../../utils/model/attempt.ts';
import type { Job } from '../../utils/model/job.ts';
import type { Item } from '../../utils/model/job-item.ts';
import type { Exchange } from './traffic.ts';

/** A period in which no cancel may arrive, in epoch ms. */
export interface Snapshot {
  why: string;
  from: number;
  to: number;
}

/** The evidence during a job. */
export interface Look {
  /** The list that was confirmed. */
  ids: readonly string[];
  job: Job;
  items: readonly Item[];
  attempts: readonly CancelAttempt[];
  /** The gateway's requests before the journal was read, and their exchanges on the wire. */
  requests: readonly LoggedRequest[];
  exchanges: readonly Exchange[];
}

/** The evidence after a job. */
export interface Evidence extends Look {
  /** Codes that EnKash does not know or refuses to cancel. */
  odd: ReadonlySet<string>;
  /** By id: the number of cancels that took effect. */
  carriedOut: ReadonlyMap<string, number>;
  /** By id: the status at the gateway now. */
  statuses: ReadonlyMap<string, string>;
  host: string;
  stills: readonly Snapshot[];
  /** The maximum number of simultaneous requests. */
  limit: number;
  kills: readonly { from: number; to: number }[];
  /** The number of starts of the browser. */
  starts: number;
  /** The number of valid tokens that the gateway refused. */
  refusals: number;
  /** Whether the operator ended the job early. */
  endedEarly: boolean;
  /** The wait that every 429 requested. */
  retryAfterMs: number;
}
