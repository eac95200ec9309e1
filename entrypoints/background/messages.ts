import { safeParse } from 'valibot';
import { browser } from 'wxt/browser';
import { messageSchemas } from '../../utils/message-schemas.ts';
import { type Answer, type MessageName, messenger, type Request } from '../../utils/messages.ts';
import { createAnswers } from './answers.ts';
import type { Services } from './services.ts';

const OWN_PAGES: ReadonlySet<string> = new Set(['/popup.html', '/options.html', '/workbench.html']);

export type AnswerAll = { [Name in MessageName]: (request: Request<Name>) => Promise<Answer<Name>> };

/** Answers our own pages, and only messages of the exact shape that was agreed on. */
export function registerMessages(services: Services): void {
  const answers = createAnswers(services);
  for (const name of Object.keys(messageSchemas) as MessageName[]) {
    messenger.onMessage(name, ({ data, sender }) => answer(answers, name, data, sender));
  }
}

async function answer<Name extends MessageName>(
  answers: AnswerAll,
  name: Name,
  data: unknown,
  sender: { id?: string | undefined; url?: string | undefined },
): Promise<Answer<Name>> {
  if (!isOwnPage(sender)) throw new Error('Not a page of this extension.');
  const parsed = safeParse(messageSchemas[name], data);
  if (!parsed.success) throw new Error(`A malformed message: ${name}`);
  return answers[name](parsed.output as Request<Name>);
}

function isOwnPage({ id, url = '' }: { id?: string | undefined; url?: string | undefined }): boolean {
  const page = URL.parse(url);
  const own = new URL(browser.runtime.getURL('/'));
  return (
    id === browser.runtime.id &&
    page !== null &&
    page.protocol === own.protocol &&
    page.host === own.host &&
    OWN_PAGES.has(page.pathname)
  );
}
