import { expect } from 'vitest';
import type { Environment } from '../../../sandbox/server.ts';
import type { ItemKind } from '../../../utils/model/job-item.ts';
import type { BulkJournal } from './bulk-journal.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

const OPEN: readonly ItemKind[] = ['pending', 'in-flight', 'unresolved', 'retry-scheduled'];

/**
 * Compares the journal of an idle job with the gateway's codes and requests: every code is in it once, every request was
 * written to it before, and every outcome matches the gateway. `repeatedByBrowser`: the browser may have repeated a
 * dropped request, unnoticed by the extension.
 */
export function expectInvariants(
  kit: ChromiumFixture,
  { job, items, attempts }: BulkJournal,
  ids: readonly string[],
  { repeatedByBrowser = false, environment = 'UAT' as Environment } = {},
): void {
  expect(items.map(({ qrCodeId }) => qrCodeId)).toEqual(ids);
  expect(job.total).toBe(ids.length);
  const broken: string[] = [];
  for (const { qrCodeId, state, sendings } of items) {
    const arrived = kit.patches(qrCodeId).length;
    const status = kit.sandbox.qrCodes.get(environment, qrCodeId)?.status;
    const says = `${qrCodeId} is ${state.kind}, ${status} at the gateway, ${arrived} of ${sendings} sendings`;
    const isTold = state.kind === 'cancelled' || state.kind === 'already-cancelled';
    if (isTold && status !== 'CANCELLED') broken.push(`settled as done: ${says}`);
    if (state.kind === 'cancelled' && arrived === 0) broken.push(`never sent: ${says}`);
    if (state.kind === 'pending' && (arrived > 0 || sendings > 0)) broken.push(`was sent: ${says}`);
    if (state.kind === 'not-found' && status !== undefined) broken.push(`is there: ${says}`);
    if (state.kind === 'rejected' && status === 'CANCELLED') broken.push(`took effect: ${says}`);
    if (arrived > sendings && !repeatedByBrowser) broken.push(`not written ahead: ${says}`);
    if (kit.sandbox.qrCodes.countCancels(environment, qrCodeId) > 1) broken.push(`done twice: ${says}`);
  }
  const settled = items.filter(({ state }) => !OPEN.includes(state.kind));
  const history = attempts.map(({ qrCodeId, outcome }) => `${qrCodeId} ${outcome?.kind}`);
  const results = settled.map(({ qrCodeId, state }) => `${qrCodeId} ${state.kind}`);
  expect(broken).toEqual([]);
  expect(history.toSorted()).toEqual(results.toSorted());
  const known = new Set(ids);
  expect(kit.patches().filter(({ qrCodeId = '' }) => !known.has(qrCodeId))).toEqual([]);
}
