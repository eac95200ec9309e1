/** Runs tasks one after another, in the order of the calls. */
export type RunExclusive = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Creates a mutex. A task that fails does not stop the tasks behind it. */
export function createMutex(): RunExclusive {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  };
}
