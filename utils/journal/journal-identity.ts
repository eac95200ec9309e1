import type { JournalTrouble } from '../model/journal-trouble.ts';
import { runDurableTransaction } from './database.ts';
import { JournalUnavailable, troubleOf } from './journal-trouble.ts';
import type { Journal } from './schema.ts';

/** The key of the record in `chain` that identifies this journal. */
const IDENTITY = 'identity';

/** The worker's answer to a page that asks for the identity of its journal. */
export type IdentityAnswer = { ok: true; identity: string } | { ok: false; trouble: JournalTrouble };

async function readIdentity(journal: Pick<Journal, 'get'>): Promise<string | undefined> {
  const record = await journal.get('chain', IDENTITY);
  return record && 'identity' in record ? record.identity : undefined;
}

/** Reads the random identity of the worker's journal; creates it on first use. Never rejects. */
export async function tellIdentity(open: () => Promise<Journal>): Promise<IdentityAnswer> {
  try {
    const journal = await open();
    const stored = await readIdentity(journal);
    return { ok: true, identity: stored ?? (await createIdentity(journal)) };
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) };
  }
}

function createIdentity(journal: Journal): Promise<string> {
  return runDurableTransaction(journal, ['chain'], async (transaction) => {
    const chain = transaction.objectStore('chain');
    // If two callers create an identity at the same time, keep the first one.
    const first = await readIdentity({ get: (_, key) => chain.get(key as string) });
    if (first) return first;
    const identity = crypto.randomUUID();
    await chain.put({ identity }, IDENTITY);
    return identity;
  });
}

/**
 * Opens the journal for a page that only reads. In Firefox, a page in a container tab or a private window has its own,
 * empty IndexedDB. So each new connection is first compared with the worker's journal. Rejects with
 * {@link JournalUnavailable}.
 */
export function createJournalReader(
  open: () => Promise<Journal>,
  askWorker: () => Promise<IdentityAnswer>,
): () => Promise<Journal> {
  let checked: { journal: Journal; done: Promise<void> } | undefined;

  async function compare(journal: Journal): Promise<void> {
    const answer = await askWorker().catch((error) => {
      throw new JournalUnavailable('no-answer', error);
    });
    if (!answer.ok) throw new JournalUnavailable(answer.trouble);
    if ((await readIdentity(journal)) !== answer.identity) throw new JournalUnavailable('elsewhere');
  }

  return async () => {
    const journal = await open();
    if (checked?.journal !== journal) checked = { journal, done: compare(journal) };
    const { done } = checked;
    try {
      await done;
    } catch (error) {
      if (checked?.done === done) checked = undefined;
      throw error;
    }
    return journal;
  };
}
