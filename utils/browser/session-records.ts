import { defineStorageItem } from './storage-item.ts';

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
    defineStorageItem<Value | undefined>('session', `${kind}:${accountId}`, undefined);
  // The worker alone writes here, and a list of codes asks many times a second.
  const known = new Map<string, Value | undefined>();
  return {
    async read(accountId) {
      if (!known.has(accountId)) {
        const value = await item(accountId).read();
        if (!known.has(accountId)) known.set(accountId, value);
      }
      return known.get(accountId);
    },
    change: (accountId, edit) =>
      item(accountId).change((value) => {
        const next = edit(value);
        known.set(accountId, next);
        return next;
      }),
    async remove(accountId) {
      await item(accountId).remove();
      known.set(accountId, undefined);
    },
  };
}
