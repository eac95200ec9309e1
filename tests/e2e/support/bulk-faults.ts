import type { Answer } from '../../../sandbox/server.ts';
import { putCodes } from './bulk-codes.ts';
import { answerQuestion, openBulkTab, openQuestion, reviewList, waitForSummary } from './bulk-steps.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** One fault of a cancel. */
export interface CancelFault {
  answer: Answer;
  /** Whether the gateway cancels the code all the same. */
  applyEffect?: boolean;
  times?: number;
}

/** Makes cancels of this code fail. */
export function failCancel(
  kit: ChromiumFixture,
  qrCodeId: string | undefined,
  { answer, applyEffect = false, times = 1 }: CancelFault,
): void {
  kit.sandbox.faults.add({ on: 'cancel', qrCodeId: String(qrCodeId), times, applyEffect, answer });
}

/** Reviews `count` new codes, then switches faults on, then starts the job. */
export async function startWithFaults(
  kit: ChromiumFixture,
  count: number,
  addFaults: (ids: string[]) => void,
) {
  const ids = putCodes(kit, count);
  const page = await openBulkTab(kit);
  await reviewList(page, ids);
  await waitForSummary(page, `${count} will be cancelled`);
  kit.sandbox.requests.clear();
  addFaults(ids);
  await openQuestion(page, count);
  await answerQuestion(page, count);
  return { page, ids };
}
