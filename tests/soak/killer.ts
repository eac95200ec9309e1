import { setTimeout as sleep } from 'node:timers/promises';
import type { ChromiumSession } from '../harness/chromium.ts';
import { until } from '../harness/until.ts';
import type { Random } from './random-faults.ts';

/** The end of a worker or of the whole browser, in epoch ms. */
export interface Kill {
  what: 'worker' | 'browser';
  from: number;
  to: number;
}

const SHORTEST_LIFE_MS = 30;
const LONGEST_LIFE_MS = 700;

/** Kills workers and browsers at random moments, and counts the kills. */
export class ProcessKiller {
  readonly kills: Kill[] = [];
  readonly #session: ChromiumSession;
  readonly #random: Random;

  constructor(session: ChromiumSession, random: Random) {
    this.#session = session;
    this.#random = random;
  }

  /** The number of killed workers or browsers. */
  count(what: Kill['what']): number {
    return this.kills.filter((kill) => kill.what === what).length;
  }

  /** Waits for a random time. */
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
