import { browser } from 'wxt/browser';
import { createMutex, type RunExclusive } from '../lib/mutex.ts';

/** One value in the extension's storage: `local` stays on disk, `session` in memory until the browser closes. */
export interface StorageItem<Value> {
  read(): Promise<Value>;
  write(value: Value): Promise<void>;
  /** Applies `edit` to the current value. Changes of one value run one after the other. */
  change(edit: (value: Value) => Value): Promise<void>;
  remove(): Promise<void>;
  /** Calls `onChange` with each new value. Returns a function that stops watching. */
  watch(onChange: (value: Value) => void): () => void;
}

/** Definitions of the same value share one mutex. */
const mutexes = new Map<string, RunExclusive>();

function mutexOf(name: string): RunExclusive {
  const mutex = mutexes.get(name) ?? createMutex();
  mutexes.set(name, mutex);
  return mutex;
}

/** Defines a value in the storage. `read` gives `fallback` if none is stored. */
export function defineStorageItem<Value>(
  area: 'local' | 'session',
  key: string,
  fallback: Value,
): StorageItem<Value> {
  const storage = () => browser.storage[area];
  const runExclusive = mutexOf(`${area}:${key}`);
  const read = async () => ((await storage().get(key))[key] as Value | undefined) ?? fallback;
  const write = (value: Value) => storage().set({ [key]: value });
  return {
    read,
    write: (value) => runExclusive(() => write(value)),
    change: (edit) => runExclusive(async () => write(edit(await read()))),
    remove: () => runExclusive(() => storage().remove(key)),
    watch(onChange) {
      const listener = (changes: Record<string, { newValue?: unknown }>, changed: string) => {
        const update = changed === area ? changes[key] : undefined;
        if (update) onChange((update.newValue as Value | undefined) ?? fallback);
      };
      browser.storage.onChanged.addListener(listener);
      return () => browser.storage.onChanged.removeListener(listener);
    },
  };
}
