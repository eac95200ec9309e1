import { browser } from 'wxt/browser';

/** One value in the extension's storage: `local` stays on disk, `session` in memory until the browser closes. */
export interface StoredItem<Value> {
  read(): Promise<Value>;
  write(value: Value): Promise<void>;
  /** Changes the value by what it is at that moment; changes of one value never overtake each other. */
  change(edit: (value: Value) => Value): Promise<void>;
  remove(): Promise<void>;
  /** Calls back with every new value; answers how to stop that. */
  watch(onChange: (value: Value) => void): () => void;
}

const turns = new Map<string, Promise<unknown>>();

function inTurn(name: string, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(name) ?? Promise.resolve()).then(work);
  turns.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Names a value in the storage; `fallback` is what is read where there is none. */
export function storedItem<Value>(
  area: 'local' | 'session',
  key: string,
  fallback: Value,
): StoredItem<Value> {
  const storage = () => browser.storage[area];
  const name = `${area}:${key}`;
  const read = async () => ((await storage().get(key))[key] as Value | undefined) ?? fallback;
  const write = (value: Value) => storage().set({ [key]: value });
  return {
    read,
    write: (value) => inTurn(name, () => write(value)),
    change: (edit) => inTurn(name, async () => write(edit(await read()))),
    remove: () => inTurn(name, () => storage().remove(key)),
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
