import { storedItem } from '../stored-item.ts';

/** Records, one an account, that live in memory until the browser is closed and never reach a disk. */
export interface SessionRecords<Value> {
  read(accountId: string): Promise<Value | undefined>;
  /** Changes a record by what it is at that moment; changes of one account never overtake each other. */
  change(accountId: string, edit: (value: Value | undefined) => Value): Promise<void>;
  remove(accountId: string): Promise<void>;
}

/** Keeps records of one kind in `storage.session`, under the kind's name. */
export function createSessionRecords<Value>(kind: string): SessionRecords<Value> {
  const turns = new Map<string, Promise<unknown>>();
  const item = (accountId: string) =>
    storedItem<Value | undefined>('session', `${kind}:${accountId}`, undefined);

  function inTurn(accountId: string, work: () => Promise<void>): Promise<void> {
    const turn = (turns.get(accountId) ?? Promise.resolve()).then(work);
    turns.set(
      accountId,
      turn.catch(() => undefined),
    );
    return turn;
  }

  return {
    read: (accountId) => item(accountId).read(),
    change: (accountId, edit) =>
      inTurn(accountId, async () => {
        const record = item(accountId);
        await record.write(edit(await record.read()));
      }),
    remove: (accountId) => inTurn(accountId, () => item(accountId).remove()),
  };
}
