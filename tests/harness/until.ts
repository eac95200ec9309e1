import { setTimeout as sleep } from 'node:timers/promises';

/** Evaluates a question to a page; undefined if the page is navigating or re-rendering. */
export async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (failure) {
    const passing = /Execution context was destroyed|detached|Cannot find context/;
    if (failure instanceof Error && passing.test(failure.message)) return undefined;
    throw failure;
  }
}

/** The interval grows by a tenth after each attempt, so that waiting uses little processor time. */
const SLOWER = 1.1;
const SLOWEST_MS = 100;

/**
 * Repeats a question until the answer is truthy, and returns it. Throws an Error with `what` after the time limit. A
 * navigating page counts as no answer.
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
