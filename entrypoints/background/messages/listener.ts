import { literal, safeParse, strictObject } from 'valibot';
import { browser } from 'wxt/browser';
import type {
  Message,
  MessageHandlers,
  MessageName,
  Request,
  Response,
} from '../../../utils/messaging/protocol.ts';
import { messageSchemas } from '../../../utils/messaging/schemas.ts';
import type { Services } from '../services.ts';
import { createMessageHandlers } from './handlers.ts';

const OWN_PAGES: ReadonlySet<string> = new Set(['/popup.html', '/options.html', '/workbench.html']);

/** Answers only our own pages, and only messages that match their schema exactly. Ignores all others. */
export function registerMessages(services: Services): void {
  const handlers = createMessageHandlers(services);
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    const name = isOwnPage(sender) ? nameOf(message) : undefined;
    const answering = name && answer(handlers, name, message);
    if (!answering) return undefined;
    // Not every supported browser accepts a promise from a listener. `true` keeps the channel open in all of them.
    answering.then(sendResponse, () => sendResponse(undefined));
    return true;
  });
}

function nameOf(message: unknown): MessageName | undefined {
  const { name } = (message ?? {}) as Partial<Message<MessageName>>;
  return typeof name === 'string' && Object.hasOwn(messageSchemas, name) ? name : undefined;
}

function answer<Name extends MessageName>(
  handlers: MessageHandlers,
  name: Name,
  message: unknown,
): Promise<Response<Name>> | undefined {
  const parsed = safeParse(strictObject({ name: literal(name), request: messageSchemas[name] }), message);
  return parsed.success ? handlers[name](parsed.output.request as Request<Name>) : undefined;
}

function isOwnPage({ id, url = '' }: { id?: string | undefined; url?: string | undefined }): boolean {
  const page = URL.parse(url);
  const own = new URL(browser.runtime.getURL('/'));
  return (
    id === browser.runtime.id &&
    page?.protocol === own.protocol &&
    page.host === own.host &&
    OWN_PAGES.has(page.pathname)
  );
}
