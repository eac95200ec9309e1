/** If the browser stops the worker before it answers, the next message starts it again. */
const MAX_ATTEMPTS = 3;

/** Sends a request that only reads, up to {@link MAX_ATTEMPTS} times. Returns `undefined` if no attempt gets an answer. */
export async function sendWithRetry<Answer>(request: () => Promise<Answer>): Promise<Answer | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const answer = await request().catch(() => undefined);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
