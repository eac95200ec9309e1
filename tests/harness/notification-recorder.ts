import type { CDPSession } from 'puppeteer-core';
import { until } from './until.ts';

/** A notification that the extension requested. */
export interface RecordedNotification {
  /** The id that the extension chose; empty if the browser chose it. */
  id: string;
  title: string;
  message: string;
  /** All options of chrome.notifications.create or update. */
  options: Record<string, unknown>;
}

const bindingName = '__recordNotification';

interface NotificationsApi {
  create: (...args: unknown[]) => unknown;
  update: (...args: unknown[]) => unknown;
}

// Runs in the worker, so it cannot use anything from this module.
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
 * Records the notifications of the extension's workers. The browser itself reports only the ids of shown notifications.
 * Therefore this wraps the API in each worker, and stores the calls here, where they outlive the worker.
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

  /** Wraps the API again once the worker runs, because a worker paused at its start may have no API yet. */
  async ensure(session: CDPSession): Promise<void> {
    await until('the notifications to be wrapped', () => this.#wrap(session), { timeout: 3000, interval: 5 });
  }

  async #wrap(session: CDPSession): Promise<boolean> {
    const expression = `(${wrapNotifications})('${bindingName}')`;
    return (await session.send('Runtime.evaluate', { expression })).result.value === true;
  }

  /**
   * Waits for the first notification with this title at or after index `from`. `about`: a text in its message, such as a
   * code's ID; a notification of an earlier test may be late.
   */
  waitFor(
    title: string | RegExp,
    { from = 0, about = '', timeout = 10_000 }: { from?: number; about?: string; timeout?: number } = {},
  ): Promise<RecordedNotification> {
    const fits = (shown: RecordedNotification): boolean =>
      (typeof title === 'string' ? shown.title === title : title.test(shown.title)) &&
      shown.message.includes(about);
    return until(`the notification ${title}`, () => this.all.slice(from).find(fits), { timeout });
  }
}
