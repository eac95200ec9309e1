import type { Cdp } from './cdp.ts';

interface Evaluated {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/** A tab, controlled with the DevTools protocol. */
export class Page {
  readonly cdp: Cdp;
  readonly targetId: string;
  readonly sessionId: string;

  private constructor(cdp: Cdp, targetId: string, sessionId: string) {
    this.cdp = cdp;
    this.targetId = targetId;
    this.sessionId = sessionId;
  }

  /** Attaches to an existing tab. */
  static async attach(cdp: Cdp, targetId: string): Promise<Page> {
    const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    return new Page(cdp, targetId, sessionId);
  }

  /** Opens an empty tab. */
  static async open(cdp: Cdp): Promise<Page> {
    return Page.attach(cdp, await openTab(cdp, 'about:blank'));
  }

  /** Opens a tab with this address, and waits until it has loaded. */
  static async openAt(cdp: Cdp, url: string): Promise<Page> {
    const page = await Page.open(cdp);
    await page.goto(url);
    return page;
  }

  send<Result>(method: string, params: Record<string, unknown> = {}): Promise<Result> {
    return this.cdp.send<Result>(method, params, this.sessionId);
  }

  /** Loads an address and waits until it has loaded. */
  async goto(url: string): Promise<void> {
    await this.send('Page.enable');
    const loaded = new Promise<void>((resolve) => {
      const stop = this.cdp.on('Page.loadEventFired', (_, sessionId) => {
        if (sessionId !== this.sessionId) return;
        stop();
        resolve();
      });
    });
    const { errorText } = await this.send<{ errorText?: string }>('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  /** Loads a page of an extension without its scripts: it can send messages, but does nothing by itself. */
  async gotoBare(url: string): Promise<void> {
    await this.send('Emulation.setScriptExecutionDisabled', { value: true });
    await this.goto(url);
    await this.send('Emulation.setScriptExecutionDisabled', { value: false });
  }

  /** Evaluates an expression, awaits it if it is a promise, and returns its value. Rejects with its error. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send<Evaluated>('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Value;
  }

  async close(): Promise<void> {
    await this.cdp.send('Target.closeTarget', { targetId: this.targetId });
  }
}

/** Opens a tab in front without attaching to it, and returns the id of its target. */
export async function openTab(cdp: Cdp, url: string): Promise<string> {
  return (await cdp.send<{ targetId: string }>('Target.createTarget', { url })).targetId;
}
