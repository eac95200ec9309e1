import { MAX_PART, type PreparedPart } from '../model/job.ts';
import type { Request, Send, StartBulkResult } from './protocol.ts';

/** How a page follows the start of a list, and stops it. */
export interface StartProgress {
  /** Stops the start before its confirmation is sent. Then nothing is cancelled. */
  signal?: AbortSignal;
  /** Called before each message with the number of codes that are written; `undefined` when the start can't be stopped any more. */
  onPrepared?(count: number | undefined): void;
}

/**
 * Starts a job for a list of any length, as one step: a long list is written in parts, and only the last message confirms
 * it. If the start fails or is stopped, the parts are deleted. Returns `undefined` if it was stopped. Rejects if the
 * confirmation got no answer; the job may have started then.
 */
export async function startList(
  send: Send,
  list: Omit<Request<'startJob'>, 'prepared'>,
  { signal, onPrepared = () => undefined }: StartProgress = {},
): Promise<StartBulkResult | undefined> {
  const { codes, accountId, reason } = list;
  const total = codes.length;
  let prepared: PreparedPart | undefined;
  const drop = () => prepared && send('dropJob', { jobId: prepared.jobId }).catch(() => undefined);
  for (let count = 0; ; count += MAX_PART) {
    if (signal?.aborted) {
      await drop();
      return undefined;
    }
    const part = { accountId, reason, codes: codes.slice(count, count + MAX_PART), prepared };
    const isLast = count + MAX_PART >= total;
    onPrepared(isLast ? undefined : count);
    const result = isLast
      ? await send('startJob', { ...list, ...part })
      : await send('prepareJob', { ...part, total }).catch(() => INTERRUPTED);
    if (!result.ok) await drop();
    if (isLast || !result.ok) return result;
    prepared = { jobId: result.jobId, count: count + MAX_PART };
  }
}

/** The worker was stopped. Nothing is sent without a confirmation. */
const INTERRUPTED: StartBulkResult = { ok: false, problem: { code: 'interrupted' } };
