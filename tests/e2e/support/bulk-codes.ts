import type { Environment } from '../../../sandbox/server.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

let made = 0;

/** An id that no other test has. */
export function freshId(): string {
  made += 1;
  return `QR26BLK${String(made).padStart(6, '0')}`;
}

/** Puts new codes into the sandbox, ACTIVE unless told otherwise, and answers their ids. */
export function putCodes(
  kit: ChromiumFixture,
  count: number,
  { status = 'ACTIVE', environment = 'UAT' }: { status?: string; environment?: Environment } = {},
): string[] {
  return Array.from({ length: count }, () => {
    const qrCodeId = freshId();
    kit.sandbox.qrCodes.put(environment, { qrCodeId, qrName: `Stall ${qrCodeId}`, amount: 250, status });
    return qrCodeId;
  });
}

/** The codes of these that still take payments at the gateway. */
export function activeOf(kit: ChromiumFixture, ids: readonly string[], environment: Environment = 'UAT') {
  return ids.filter((id) => kit.sandbox.qrCodes.get(environment, id)?.status === 'ACTIVE');
}

/** How many cancels of each code have reached the gateway; each code of the list has its place. */
export function patchCounts(kit: ChromiumFixture, ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(ids.map((id) => [id, 0]));
  for (const { qrCodeId = '' } of kit.patches()) counts[qrCodeId] = (counts[qrCodeId] ?? 0) + 1;
  return counts;
}

/** The counts where each of these codes got so many cancels, and no other code any. */
export function eachOnce(ids: readonly string[]): Record<string, number> {
  return Object.fromEntries(ids.map((id) => [id, 1]));
}

/** Makes every cancel take this long (ms), so that something can happen while a job runs. */
export function slowDown(kit: ChromiumFixture, ms: number): void {
  kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms } });
}
