/** Runs pieces of work one after another: each is made on what the one before has left. */
export type RunExclusive = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Makes a queue of its own. A piece that fails holds up none of those behind it. */
export function createMutex(): RunExclusive {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  };
}
