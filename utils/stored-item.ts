import { browser } from 'wxt/browser';

/** One value in the extension's storage: `local` stays on disk, `session` in memory until the browser closes. */
export interface StoredItem<Value> {
  read(): Promise<Value>;
  write(value: Value): Promise<void>;
  remove(): Promise<void>;
  /** Calls back with every new value; answers how to stop that. */
  watch(onChange: (value: Value) => void): () => void;
}

/** Names a value in the storage; `fallback` is what is read where there is none. */
export function storedItem<Value>(
  area: 'local' | 'session',
  key: string,
  fallback: Value,
): StoredItem<Value> {
  const storage = () => browser.storage[area];
  return {
    read: async () => ((await storage().get(key))[key] as Value | undefined) ?? fallback,
    write: (value) => storage().set({ [key]: value }),
    remove: () => storage().remove(key),
    watch(onChange) {
      const listener = (changes: Record<string, { newValue?: unknown }>, changed: string) => {
        const change = changed === area ? changes[key] : undefined;
        if (change) onChange((change.newValue as Value | undefined) ?? fallback);
      };
      browser.storage.onChanged.addListener(listener);
      return () => browser.storage.onChanged.removeListener(listener);
    },
  };
}
