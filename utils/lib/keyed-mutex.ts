/** A mutex for each key: at most one task runs under a key at a time. */
export interface KeyedMutex {
  /** Joins a running task of the same key and name. Waits for a task of the same key and another name, then runs. */
  run<Result>(key: string, name: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Creates a mutex that sends a cancel once if several pages request it at once. A cancel waits while an earlier one of
 * the same code is being settled.
 */
export function createKeyedMutex(): KeyedMutex {
  const running = new Map<string, { name: string; done: Promise<unknown> }>();
  return {
    async run<Result>(key: string, name: string, work: () => Promise<Result>): Promise<Result> {
      for (let current = running.get(key); current; current = running.get(key)) {
        if (current.name === name) return current.done as Promise<Result>;
        await current.done.catch(() => undefined);
      }
      const done = work().finally(() => running.delete(key));
      running.set(key, { name, done });
      return done;
    },
  };
}
