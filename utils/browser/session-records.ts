import { defineStorageItem } from './storage-item.ts';

/** One record per account, in memory until the browser closes and never on disk. */
export interface SessionRecords<Value> {
  read(accountId: string): Promise<Value | undefined>;
  /** Applies `edit` to the current record. Changes of one account run one after the other. */
  change(accountId: string, edit: (value: Value | undefined) => Value): Promise<void>;
  remove(accountId: string): Promise<void>;
}

/** Stores records of one kind in `storage.session`, under the kind's name. */
export function createSessionRecords<Value>(kind: string): SessionRecords<Value> {
  const item = (accountId: string) =>
    defineStorageItem<Value | undefined>('session', `${kind}:${accountId}`, undefined);
  // Only the worker writes here, so the copies are current. A job reads many times a second.
  const cache = new Map<string, Value | undefined>();
  return {
    async read(accountId) {
      if (!cache.has(accountId)) {
        const value = await item(accountId).read();
        if (!cache.has(accountId)) cache.set(accountId, value);
      }
      return cache.get(accountId);
    },
    change: (accountId, edit) =>
      item(accountId).change((value) => {
        const next = edit(value);
        cache.set(accountId, next);
        return next;
      }),
    async remove(accountId) {
      await item(accountId).remove();
      cache.set(accountId, undefined);
    },
  };
}
