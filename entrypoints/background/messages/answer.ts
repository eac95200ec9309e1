import { literal, safeParse, strictObject } from 'valibot';
import { lazy } from '../../../utils/lib/lazy.ts';
import type {
  Message,
  MessageHandlers,
  MessageName,
  Request,
  Response,
} from '../../../utils/messaging/protocol.ts';
import { messageSchemas } from '../../../utils/messaging/schemas.ts';
import type { LoadServices } from '../load-services.ts';
import { pageHandlers } from './page-handlers.ts';

/** Answers a message of one of our pages; `undefined` if it does not match its schema exactly. */
export type AnswerMessage = (message: unknown) => Promise<Response<MessageName> | undefined>;

/** The services are created for the first message that needs them. */
export function createAnswer(loadServices: LoadServices): AnswerMessage {
  const loadServiceHandlers = lazy(() =>
    Promise.all([loadServices(), import('./handlers.ts')]).then(([services, { createMessageHandlers }]) =>
      createMessageHandlers(services),
    ),
  );

  async function answer<Name extends MessageName>(name: Name, message: unknown) {
    const parsed = safeParse(strictObject({ name: literal(name), request: messageSchemas[name] }), message);
    if (!parsed.success) return undefined;
    const request = parsed.output.request as Request<Name>;
    const handlers: Partial<MessageHandlers> =
      name in pageHandlers ? pageHandlers : await loadServiceHandlers();
    return handlers[name]?.(request);
  }

  return async (message) => {
    const { name } = message as Message<MessageName>;
    return Object.hasOwn(messageSchemas, name) ? answer(name, message) : undefined;
  };
}
