import type { Environment } from '../../../sandbox/server.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

let made = 0;

/** An id that no other test uses. */
export function freshId(): string {
  made += 1;
  return `QR26BLK${String(made).padStart(6, '0')}`;
}

/** Adds new codes to the sandbox, by default ACTIVE, and returns their ids. */
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

/** Those of these codes that are still ACTIVE at the gateway. */
export function activeOf(kit: ChromiumFixture, ids: readonly string[], environment: Environment = 'UAT') {
  return ids.filter((id) => kit.sandbox.qrCodes.get(environment, id)?.status === 'ACTIVE');
}

/** The number of cancels of each code that reached the gateway. Every code of the list has an entry. */
export function patchCounts(kit: ChromiumFixture, ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(ids.map((id) => [id, 0]));
  for (const { qrCodeId = '' } of kit.patches()) counts[qrCodeId] = (counts[qrCodeId] ?? 0) + 1;
  return counts;
}

/** The counts if each of these codes got one cancel, and no other code any. */
export function eachOnce(ids: readonly string[]): Record<string, number> {
  return Object.fromEntries(ids.map((id) => [id, 1]));
}

/** Delays every cancel by this many milliseconds, so that a test can act during a job. */
export function slowDown(kit: ChromiumFixture, ms: number): void {
  kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms } });
}
