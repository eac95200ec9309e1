import type { Environment } from '../model/environment.ts';
import { type HistoryEntry, toOpenEntry } from './history-entry.ts';
import { type HistoryReader, iterateNewestFirst } from './history-reader.ts';

/** An earlier create for the same cancelled code that created, or may have created, a code. */
export interface ExistingReplacement {
  attemptId: number;
  /** The new code's id; absent if the create is open or not confirmed. */
  qrCodeId?: string;
}

/**
 * Returns the newest create for a cancelled code, if the journal has one. Searches the environment and not the account,
 * because an account that was removed and entered again has another id.
 */
export type FindReplacement = (
  account: { environment: Environment },
  replaces: string,
) => Promise<ExistingReplacement | undefined>;

/**
 * Creates a finder that searches the journal, so that a page also knows the creates of other pages. It reads the whole
 * history once, and then only new rows. It still knows rows that were erased in the meantime.
 */
export function createReplacementFinder(journal: HistoryReader): FindReplacement {
  const known = new Map<string, ExistingReplacement>();
  /** The newest row that was read. */
  let seen = 0;
  let looking: Promise<unknown> = Promise.resolve();

  const newerOf = (one: ExistingReplacement | undefined, other: ExistingReplacement) =>
    one && one.attemptId > other.attemptId ? one : other;

  async function look(): Promise<void> {
    const { ends } = await journal.loadBounds();
    const from = Math.max(ends.firstSequence, seen + 1);
    for await (const lines of iterateNewestFirst(journal, { from, to: ends.row }))
      for (const line of lines) {
        const [key, create] = createOf(line) ?? [];
        if (key !== undefined && create) known.set(key, newerOf(known.get(key), create));
      }
    seen = ends.row;
  }

  async function find(environment: Environment, replaces: string): Promise<ExistingReplacement | undefined> {
    const key = keyOf(environment, replaces);
    // Open attempts are read first. An attempt that ends in between is then among the rows.
    const open = (await journal.findOpen()).map(toOpenEntry);
    await look();
    const found = open.map(createOf).findLast((each) => each?.[0] === key)?.[1];
    return found ? newerOf(known.get(key), found) : known.get(key);
  }

  return ({ environment }, replaces) => {
    const found = looking.then(() => find(environment, replaces));
    looking = found.catch(() => undefined);
    return found;
  };
}

const keyOf = (environment: Environment, replaces: string) => JSON.stringify([environment, replaces]);

function createOf(line: HistoryEntry): [key: string, create: ExistingReplacement] | undefined {
  if (line.kind !== 'attempt' || line.record.action !== 'create') return undefined;
  const { environment, replaces, attemptId, qrCodeId } = line.record;
  switch (line.outcome) {
    case 'created':
      return [keyOf(environment, replaces), { attemptId, qrCodeId }];
    case 'unconfirmed':
    case 'open':
      return [keyOf(environment, replaces), { attemptId }];
    default:
      return undefined;
  }
}
