import { setTimeout as wait } from 'node:timers/promises';
import { benchPath } from '../bench.ts';
import type { Sample } from '../experiment.ts';
import { Helper } from '../helper.ts';
import type { GatewayDuties } from './process.ts';

const LOOK_EVERY_MS = 50;
/** After this time without a response, the peer has stopped. */
const GIVE_UP_MS = 15_000;

export type GatewayDescription = ReturnType<GatewayDuties['describe']>;

/** A cancel as it arrived at the gateway. */
export type Cancel = ReturnType<GatewayDuties['cancels']>[number];

/** Cancels codes. May return before they are cancelled. */
export type CancelAll = (ids: readonly string[]) => Promise<unknown>;

/** The number of codes, and the gateway's time for each cancel. */
export interface Load {
  count: number;
  latencyMs: number;
}

/** The sandbox in its own process. Its log has the rate of requests. */
export class Gateway {
  readonly description: GatewayDescription;
  readonly #helper: Helper<GatewayDuties>;

  private constructor(helper: Helper<GatewayDuties>, description: GatewayDescription) {
    this.#helper = helper;
    this.description = description;
  }

  static async start(): Promise<Gateway> {
    const helper = new Helper<GatewayDuties>(benchPath('gateway/process.ts'));
    return new Gateway(helper, await helper.ask('describe', undefined));
  }

  /**
   * Cancels per second, from the arrival of the first to that of the last. Rejects unless each code was cancelled by exactly
   * one request.
   */
  async rateOf(cancelAll: CancelAll, { count, latencyMs }: Load): Promise<Sample> {
    const ids = await this.#helper.ask('prepare', { count, latencyMs });
    const startedAt = Date.now();
    await cancelAll(ids);
    await this.#allAnswered(count);
    const { sent, cancelledOnce, firstAt, lastAt, others, httpVersions } = await this.#helper.ask(
      'tally',
      ids,
    );
    if (sent !== count || cancelledOnce !== count)
      throw new Error(`${sent} requests cancelled ${cancelledOnce} of ${count} codes once`);
    return {
      value: ((count - 1) * 1000) / (lastAt - firstAt),
      details: { count, latencyMs, msToFirst: firstAt - startedAt, others, httpVersions },
    };
  }

  /** Adds complete ACTIVE codes, clears the log, and returns their ids. */
  addCodes(count: number, latencyMs = 0): Promise<string[]> {
    return this.#helper.ask('prepare', { count, latencyMs });
  }

  /** Refuses the first cancel of each of these codes with a 429. */
  limitRate(ids: readonly string[], retryAfterSeconds: number): Promise<void> {
    return this.#helper.ask('limitRate', { ids, retryAfterSeconds });
  }

  /** Waits until all of these codes are cancelled, and returns every cancel that arrived. */
  async cancelsUntilDone(ids: readonly string[]): Promise<Cancel[]> {
    let cancelled = 0;
    let changedAt = Date.now();
    while (cancelled < ids.length) {
      await wait(LOOK_EVERY_MS);
      const now = await this.#helper.ask('countCancelled', ids);
      if (now !== cancelled) changedAt = Date.now();
      else if (Date.now() - changedAt > GIVE_UP_MS)
        throw new Error(`${cancelled} of ${ids.length} codes were cancelled before the timeout`);
      cancelled = now;
    }
    return this.#helper.ask('cancels', undefined);
  }

  async #allAnswered(count: number): Promise<void> {
    let answered = 0;
    let changedAt = Date.now();
    while (answered < count) {
      await wait(LOOK_EVERY_MS);
      const now = await this.#helper.ask('countAnswered', undefined);
      if (now !== answered) changedAt = Date.now();
      else if (Date.now() - changedAt > GIVE_UP_MS)
        throw new Error(`${answered} of ${count} cancels were answered before the timeout`);
      answered = now;
    }
  }

  /** Leaves only as many codes with pictures, and returns a picture that none of them has. */
  async preparePictures(count: number, { areInLists }: { areInLists: boolean }): Promise<string> {
    await this.#helper.ask('preparePictures', { count, areInLists });
    return this.#helper.ask('foreignPicture', undefined);
  }

  countRequests(): Promise<Record<string, number>> {
    return this.#helper.ask('countRequests', undefined);
  }

  close(): Promise<void> {
    return this.#helper.close();
  }
}
