import { browser } from 'wxt/browser';

/** One value in the extension's storage: `local` stays on disk, `session` in memory until the browser closes. */
export interface StorageItem<Value> {
  read(): Promise<Value>;
  write(value: Value): Promise<void>;
  /** Changes the value by what it is at that moment; changes of one value never overtake each other. */
  change(edit: (value: Value) => Value): Promise<void>;
  remove(): Promise<void>;
  /** Calls back with every new value; answers how to stop that. */
  watch(onChange: (value: Value) => void): () => void;
}

const locks = new Map<string, Promise<unknown>>();

function runExclusive(name: string, work: () => Promise<void>): Promise<void> {
  const turn = (locks.get(name) ?? Promise.resolve()).then(work);
  locks.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Names a value in the storage; `fallback` is what is read where there is none. */
export function defineStorageItem<Value>(
  area: 'local' | 'session',
  key: string,
  fallback: Value,
): StorageItem<Value> {
  const storage = () => browser.storage[area];
  const name = `${area}:${key}`;
  const read = async () => ((await storage().get(key))[key] as Value | undefined) ?? fallback;
  const write = (value: Value) => storage().set({ [key]: value });
  return {
    read,
    write: (value) => runExclusive(name, () => write(value)),
    change: (edit) => runExclusive(name, async () => write(edit(await read()))),
    remove: () => runExclusive(name, () => storage().remove(key)),
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
