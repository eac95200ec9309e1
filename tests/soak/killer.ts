import { setTimeout as sleep } from 'node:timers/promises';
import { ChromiumSession } from '../harness/chromium.ts';
import { until } from '../harness/until.ts';
import type { Random } from './random-faults.ts';

/** A moment at which a worker or the whole browser ended, in epoch ms. */
export interface Kill {
  what: 'worker' | 'browser';
  from: number;
  to: number;
}

const SHORTEST_LIFE_MS = 30;
const LONGEST_LIFE_MS = 700;

/** A Chromium whose worker can be started again at once, rather than by its next alarm. */
export class SoakSession extends ChromiumSession {
  /** Starts the worker if there is none. */
  async wakeWorker(): Promise<void> {
    await this.watch.wake();
  }
}

/** Ends workers and browsers at random instants, and keeps count. */
export class ProcessKiller {
  readonly kills: Kill[] = [];
  readonly #session: SoakSession;
  readonly #random: Random;

  constructor(session: SoakSession, random: Random) {
    this.#session = session;
    this.#random = random;
  }

  /** How many workers, or browsers, were killed by now. */
  count(what: Kill['what']): number {
    return this.kills.filter((kill) => kill.what === what).length;
  }

  /** Lets the worker live for a random while. */
  async waitRandomly(): Promise<void> {
    await sleep(SHORTEST_LIFE_MS + this.#random(LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
  }

  /** Kills the worker, if there is one. */
  async killWorker(): Promise<void> {
    if (!this.#session.workerAlive) return;
    await this.#note('worker', () => this.#session.killWorker());
  }

  /** Kills the browser with all its processes, and starts it again on the same profile. */
  async killBrowser(): Promise<void> {
    await this.#note('browser', () => this.#session.killBrowser());
    await this.#session.start();
    await until('the worker after the start of the browser', () => this.#session.workerAlive);
  }

  async #note(what: Kill['what'], kill: () => Promise<void>): Promise<void> {
    const from = Date.now();
    await kill();
    this.kills.push({ what, from, to: Date.now() });
  }
}
