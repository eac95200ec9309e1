import type { Environment } from '../model/environment.ts';
import { type HistoryEntry, toOpenEntry } from './history-entry.ts';
import { type HistoryReader, iterateNewestFirst } from './history-reader.ts';

/** An earlier create for the same cancelled code, of which there is, or may be, a new one. */
export interface ExistingReplacement {
  attemptId: number;
  /** The new code's id; nothing where it is not known, or not known yet, whether there is one. */
  qrCodeId?: string;
}

/**
 * Answers with the newest create for a cancelled code; nothing where none is known to the journal. The code is looked
 * for in its environment, whatever account it was created with: one that was removed and entered again has another id.
 */
export type FindReplacement = (
  account: { environment: Environment },
  replaces: string,
) => Promise<ExistingReplacement | undefined>;

/**
 * Looks in the journal, so that a page that was reloaded knows what another one has done, or one before it. The history
 * is read through once, and then what has been added; what was erased of it meanwhile stays known to this page.
 */
export function createReplacementFinder(journal: HistoryReader): FindReplacement {
  const known = new Map<string, ExistingReplacement>();
  /** The newest row that has been looked at. */
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
    // The open ones first: one that ends in between is among the rows then.
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
