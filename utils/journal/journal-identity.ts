import type { JournalTrouble } from '../model/journal-trouble.ts';
import { runDurableTransaction } from './database.ts';
import { JournalUnavailable, troubleOf } from './journal-trouble.ts';
import type { Journal } from './schema.ts';

/** The key of the record in `chain` that names this journal. */
const IDENTITY = 'identity';

/** The worker's answer to a page that asks which journal it writes. */
export type IdentityAnswer = { ok: true; identity: string } | { ok: false; trouble: JournalTrouble };

async function readIdentity(journal: Pick<Journal, 'get'>): Promise<string | undefined> {
  const record = await journal.get('chain', IDENTITY);
  return record && 'identity' in record ? record.identity : undefined;
}

/** The random identity of the worker's journal; made on first use. Never rejects. */
export async function tellIdentity(open: () => Promise<Journal>): Promise<IdentityAnswer> {
  try {
    const journal = await open();
    const known = await readIdentity(journal);
    return { ok: true, identity: known ?? (await makeIdentity(journal)) };
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) };
  }
}

function makeIdentity(journal: Journal): Promise<string> {
  return runDurableTransaction(journal, ['chain'], async (writing) => {
    const chain = writing.objectStore('chain');
    // Of two that make one at the same time, the first one's stays.
    const before = await readIdentity({ get: (_, key) => chain.get(key as string) });
    if (before) return before;
    const identity = crypto.randomUUID();
    await chain.put({ identity }, IDENTITY);
    return identity;
  });
}

/**
 * Opens the journal for a page that only reads. Firefox gives a page in a container tab or a private window an
 * IndexedDB of its own, in which there is nothing: each new connection is compared with the worker's journal first.
 * Rejects with {@link JournalUnavailable}.
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
