import { until } from '../harness/until.ts';
import type { Page } from './page.ts';

interface WorkerVersion {
  versionId: string;
  registrationId: string;
  runningStatus: 'stopped' | 'starting' | 'running' | 'stopping';
}

/** Stops service workers as the browser stops idle ones, without attaching to them. */
export class WorkerStopper {
  readonly #page: Page;
  readonly #running = new Map<string, string>();

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Tracks the workers' states from a page of any extension. */
  static async on(page: Page): Promise<WorkerStopper> {
    const stopper = new WorkerStopper(page);
    page.cdp.on('ServiceWorker.workerVersionUpdated', (params, sessionId) => {
      if (sessionId !== page.sessionId) return;
      for (const { versionId, runningStatus } of params.versions as WorkerVersion[])
        stopper.#running.set(versionId, runningStatus);
    });
    await page.send('ServiceWorker.enable');
    return stopper;
  }

  /** Whether a worker of any extension is running, starting or stopping. */
  get anyAlive(): boolean {
    return [...this.#running.values()].some((status) => status !== 'stopped');
  }

  /** Stops all workers, and waits until they have stopped. */
  async stopAll(): Promise<void> {
    await this.#page.send('ServiceWorker.stopAllWorkers');
    await until('the workers to be gone', () => !this.anyAlive, { interval: 5 });
  }
}
