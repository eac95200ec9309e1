import type { Browser, CDPSession, Target, WebWorker } from 'puppeteer-core';
import type { NotificationRecorder } from './notification-recorder.ts';
import { until } from './until.ts';

/** Tracks the extension's service worker across stops and restarts. */
export class WorkerWatch {
  readonly #browser: Browser;
  readonly #origin: string;
  readonly #recorder: NotificationRecorder;
  readonly #sessions = new Map<string, CDPSession>();
  #root: CDPSession | undefined;
  #offline = false;

  constructor(browser: Browser, origin: string, recorder: NotificationRecorder) {
    this.#browser = browser;
    this.#origin = origin;
    this.#recorder = recorder;
  }

  /** Attaches to every worker that starts, before most of its code runs. */
  async start(): Promise<void> {
    const root = await this.#browser.target().createCDPSession();
    this.#root = root;
    root.on('Target.attachedToTarget', async ({ sessionId, targetInfo }) => {
      const session = root.connection()?.session(sessionId);
      if (!session) return;
      try {
        const ours = targetInfo.url.startsWith(this.#origin);
        if (ours) await this.#adopt(targetInfo.targetId, session);
        await session.send('Runtime.runIfWaitingForDebugger');
        if (ours) await this.#recorder.ensure(session);
      } catch {
        // A worker may stop before it is set up; the next one gets its own session.
      }
    });
    await root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'service_worker' }, { exclude: true }],
    });
  }

  async #adopt(targetId: string, session: CDPSession): Promise<void> {
    this.#sessions.set(targetId, session);
    await this.#recorder.attach(session);
    await this.#emulateNetwork(session);
  }

  /** The newest worker, because a stopped one may still be listed before it. */
  #target(): Target | undefined {
    return this.#browser
      .targets()
      .findLast((target) => target.type() === 'service_worker' && target.url().startsWith(this.#origin));
  }

  get alive(): boolean {
    return this.#target() !== undefined;
  }

  /** Waits for the running worker. */
  async worker(timeout = 10_000): Promise<WebWorker> {
    return until('the service worker', () => this.#target()?.worker(), { timeout });
  }

  /** Stops the worker as the browser stops an idle one, and waits until it has stopped. */
  async kill(): Promise<void> {
    const target = this.#target();
    if (!target) return;
    await this.#letGo();
    const client = await this.#pageSession();
    await client.send('ServiceWorker.stopAllWorkers');
    await client.detach();
    await until('the service worker to be gone', () => !this.#browser.targets().includes(target));
  }

  /** Detaches all sessions, because a worker with a session stays listed after it has stopped. */
  async #letGo(): Promise<void> {
    await (await this.#target()?.worker())?.client.detach();
    for (const session of this.#sessions.values()) {
      await this.#root?.send('Target.detachFromTarget', { sessionId: session.id() }).catch(() => {});
    }
    this.#sessions.clear();
  }

  /** Starts the worker without an event, so that one can be dispatched in it. */
  async wake(): Promise<void> {
    if (this.alive) return;
    const client = await this.#pageSession();
    await client.send('ServiceWorker.startWorker', { scopeURL: this.#origin });
    await client.detach();
    await this.worker();
  }

  /** Reloads the extension and waits for the new worker. */
  async reload(): Promise<void> {
    // From a page, which the reload closes, so that no session is attached to the old worker when it stops.
    const page = await this.#browser.newPage();
    await page.goto(`${this.#origin}options.html`);
    await this.worker();
    const before = this.#target();
    await this.#letGo();
    await page
      .evaluate(() => {
        const { chrome } = globalThis as unknown as { chrome: { runtime: { reload: () => void } } };
        chrome.runtime.reload();
      })
      .catch(() => {});
    await until('the reloaded worker', () => this.alive && this.#target() !== before, {
      timeout: 30_000,
    });
  }

  /** Takes the worker, and every later one, offline or online. */
  async setOffline(offline: boolean): Promise<void> {
    this.#offline = offline;
    for (const session of this.#sessions.values()) await this.#emulateNetwork(session).catch(() => {});
  }

  async #emulateNetwork(session: CDPSession): Promise<void> {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: this.#offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  }

  // Only pages offer the debugging protocol's ServiceWorker commands.
  async #pageSession(): Promise<CDPSession> {
    const page = (await this.#browser.pages())[0] ?? (await this.#browser.newPage());
    const client = await page.createCDPSession();
    await client.send('ServiceWorker.enable');
    return client;
  }
}
