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
  const item = (accountId: string) =>
    storedItem<Value | undefined>('session', `${kind}:${accountId}`, undefined);
  return {
    read: (accountId) => item(accountId).read(),
    change: (accountId, edit) => item(accountId).change(edit),
    remove: (accountId) => item(accountId).remove(),
  };
}
