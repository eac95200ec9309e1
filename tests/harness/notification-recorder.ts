import type { CDPSession } from 'puppeteer-core';
import { until } from './until.ts';

/** A notification as the extension asked for it. */
export interface RecordedNotification {
  /** The id the extension chose; empty when it left that to the browser. */
  id: string;
  title: string;
  message: string;
  /** All options as given to chrome.notifications.create or update. */
  options: Record<string, unknown>;
}

const bindingName = '__recordNotification';

interface NotificationsApi {
  create: (...args: unknown[]) => unknown;
  update: (...args: unknown[]) => unknown;
}

// Runs inside the worker, so it may use nothing from this module.
function wrapNotifications(binding: string): boolean {
  const scope = globalThis as unknown as Record<string, (payload: string) => void> & {
    chrome?: { notifications?: NotificationsApi & { wrapped?: boolean } };
  };
  const api = scope.chrome?.notifications;
  if (!api) return false;
  if (api.wrapped) return true;
  api.wrapped = true;
  for (const name of ['create', 'update'] as const) {
    const original = api[name].bind(api);
    api[name] = (...args) => {
      const id = typeof args[0] === 'string' ? args[0] : '';
      scope[binding]?.(JSON.stringify({ id, options: args.find((arg) => arg && typeof arg === 'object') }));
      return original(...args);
    };
  }
  return true;
}

/**
 * Keeps what the extension's workers notify. The browser itself tells only the ids of shown notifications, so
 * the API is wrapped in each worker and the calls are kept on this side, where they outlive the worker.
 */
export class NotificationRecorder {
  readonly all: RecordedNotification[] = [];

  /** Wraps the API in the worker behind this debugging session. */
  async attach(session: CDPSession): Promise<void> {
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name !== bindingName) return;
      const { id, options } = JSON.parse(payload) as Pick<RecordedNotification, 'id' | 'options'>;
      this.all.push({
        id,
        title: String(options.title ?? ''),
        message: String(options.message ?? ''),
        options,
      });
    });
    await session.send('Runtime.addBinding', { name: bindingName });
    await this.#wrap(session);
  }

  /** Makes sure of it once the worker runs: one that is paused at its very start may have no API to wrap yet. */
  async ensure(session: CDPSession): Promise<void> {
    await until('the notifications to be wrapped', () => this.#wrap(session), { timeout: 3000, interval: 5 });
  }

  async #wrap(session: CDPSession): Promise<boolean> {
    const expression = `(${wrapNotifications})('${bindingName}')`;
    return (await session.send('Runtime.evaluate', { expression })).result.value === true;
  }

  /** Waits for a notification with this title, the first one recorded at or after index `from`. */
  waitFor(
    title: string | RegExp,
    { from = 0, timeout = 10_000 }: { from?: number; timeout?: number } = {},
  ): Promise<RecordedNotification> {
    const fits = (shown: RecordedNotification): boolean =>
      typeof title === 'string' ? shown.title === title : title.test(shown.title);
    return until(`the notification ${title}`, () => this.all.slice(from).find(fits), { timeout });
  }
}
