import { until } from '../harness/until.ts';
import type { Page } from './page.ts';

interface WorkerVersion {
  versionId: string;
  registrationId: string;
  runningStatus: 'stopped' | 'starting' | 'running' | 'stopping';
}

/** Stops service workers as the browser stops idle ones, without attaching to any. */
export class WorkerStopper {
  readonly #page: Page;
  readonly #running = new Map<string, string>();

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Follows the workers' states from a page, which may be any extension's. */
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

  /** Whether any worker of any extension runs, starts or is about to stop. */
  get anyAlive(): boolean {
    return [...this.#running.values()].some((status) => status !== 'stopped');
  }

  /** Stops all workers, and waits until they are gone. */
  async stopAll(): Promise<void> {
    await this.#page.send('ServiceWorker.stopAllWorkers');
    await until('the workers to be gone', () => !this.anyAlive, { interval: 5 });
  }
}
