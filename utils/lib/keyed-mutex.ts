/** Runs one piece of work at a time for a key. */
export interface KeyedMutex {
  /** Joins the work that runs under the same key and name; waits for work of another name, then runs. */
  run<Result>(key: string, name: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Sees to it that a cancel that is asked for twice is sent once, from however many pages it is asked for,
 * and that it waits where the same code is just being settled.
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
