import { setTimeout as sleep } from 'node:timers/promises';

/** Asks a page; one that is just being navigated, or re-drawn under the question, has no answer yet. */
export async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (failure) {
    const passing = /Execution context was destroyed|detached|Cannot find context/;
    if (failure instanceof Error && passing.test(failure.message)) return undefined;
    throw failure;
  }
}

/** While a question stays open it is asked less often, by a tenth each time, so that waiting leaves the processor alone. */
const SLOWER = 1.1;
const SLOWEST_MS = 100;

/**
 * Asks again and again until the answer is truthy, and returns it; throws naming `what` when time runs out. A page that is
 * being navigated meanwhile has no answer yet.
 */
export async function until<T>(
  what: string,
  question: () => T | Promise<T>,
  { timeout = 10_000, interval = 25 }: { timeout?: number; interval?: number } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeout;
  let pause = interval;
  for (;;) {
    const answer = await ask(async () => question());
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeout} ms in vain for ${what}`);
    await sleep(pause);
    pause = Math.max(interval, Math.min(pause * SLOWER, SLOWEST_MS));
  }
}
