/**
 * Returns a function that runs `work` at its first call; later calls share the result. If `work` rejects, so do the calls that
 * waited for it, and the next call runs it again.
 */
export function runOnce<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= work().catch((error) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}
