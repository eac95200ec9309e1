/** A worker that dies meanwhile is asked once more by another message. */
const MAX_ATTEMPTS = 3;

/** Asks the background for something that only reads; `undefined` where it gave no answer time after time. */
export async function sendWithRetry<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  for (let sendings = 0; sendings < MAX_ATTEMPTS; sendings += 1) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
