import type { Answer, Fault } from '../../sandbox/fault.ts';
import { makeQrCodeId } from '../../sandbox/qr-code-id.ts';
import type { Sandbox } from '../../sandbox/server.ts';

/** A source of whole numbers from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

/** What every 429 of a soak asks for. */
export const RETRY_AFTER_MS = 2_000;

/** One way in which a single call is mistreated, and how often that is drawn. */
interface Mishap {
  weight: number;
  answer(random: Random): Answer;
  carryOut?: boolean;
}

const RATE_LIMIT: Answer = { kind: 'rate-limit', retryAfter: String(RETRY_AFTER_MS / 1_000) };
const slow = (random: Random): Answer => ({ kind: 'slow', ms: 50 + random(1_200) });
const failed = (random: Random): Answer => ({
  kind: 'status',
  httpStatus: [500, 502, 503][random(3)] ?? 500,
});

/** A page of something between the browser and EnKash. */
const page = (random: Random): Answer => ({
  kind: 'status',
  httpStatus: [403, 404, 405, 502][random(4)] ?? 404,
  body: 'html',
});

const CANCEL_MISHAPS: readonly Mishap[] = [
  { weight: 4, answer: page, carryOut: true },
  { weight: 4, answer: page },
  { weight: 4, answer: () => ({ kind: 'drop' }), carryOut: true },
  { weight: 2, answer: () => ({ kind: 'drop' }) },
  { weight: 5, answer: slow, carryOut: true },
  { weight: 5, answer: slow },
  { weight: 5, answer: failed, carryOut: true },
  { weight: 5, answer: failed },
  { weight: 3, answer: () => ({ kind: 'token-stale' }) },
  { weight: 2, answer: () => RATE_LIMIT },
];
const READ_MISHAPS: readonly Mishap[] = [
  { weight: 4, answer: page },
  { weight: 1, answer: () => ({ kind: 'drop' }) },
  { weight: 4, answer: slow },
  { weight: 4, answer: failed },
  { weight: 2, answer: () => ({ kind: 'token-stale' }) },
  { weight: 1, answer: () => RATE_LIMIT },
];

/** Of a hundred codes. The rest are ACTIVE ones that can be cancelled. */
const ODD_CODES = { refused: 2, unknown: 1, cancelledBefore: 2 };
/** The chances, of a hundred, that a code's next cancel or read is mistreated too. */
const CANCEL_MISHAP_CHANCE = 33;
const READ_MISHAP_CHANCE = 15;
/** Fewer than it takes for a code to be given up. */
const MOST_MISHAPS = 3;

/** A list, and the codes of it that EnKash does not know or refuses to cancel. */
export interface MadeUpCodes {
  ids: string[];
  odd: ReadonlySet<string>;
}

/** Makes up a list of new codes in the sandbox, and what becomes of the first calls for each of them. */
export function makeUpCodes(sandbox: Sandbox, count: number, random: Random): MadeUpCodes {
  const odd = new Set<string>();
  const ids = new Set<string>();
  while (ids.size < count) ids.add(makeQrCodeId(random));
  for (const qrCodeId of ids) {
    const lot = random(100);
    if (lot >= ODD_CODES.unknown)
      sandbox.qrCodes.put('UAT', { qrCodeId, qrName: `Counter ${lot}`, amount: lot });
    if (lot >= ODD_CODES.unknown && lot < ODD_CODES.unknown + ODD_CODES.cancelledBefore)
      sandbox.qrCodes.setStatus('UAT', qrCodeId, 'CANCELLED');
    // The first fault that fits decides, so that what is refused for good comes after what passes.
    addMishaps(sandbox, { on: 'cancel', qrCodeId }, CANCEL_MISHAPS, CANCEL_MISHAP_CHANCE, random);
    addMishaps(sandbox, { on: 'get', qrCodeId }, READ_MISHAPS, READ_MISHAP_CHANCE, random);
    if (lot < ODD_CODES.unknown || lot >= 100 - ODD_CODES.refused) odd.add(qrCodeId);
    if (lot >= 100 - ODD_CODES.refused)
      sandbox.faults.add({
        on: 'cancel',
        qrCodeId,
        answer: { kind: 'reject', code: 1410, message: 'Ask your manager' },
      });
  }
  return { ids: [...ids], odd };
}

/** Refuses the token of some cancels in a row, also a new one. Answers of how many; such troubles never pile up. */
export function refuseSignIns(sandbox: Sandbox): number {
  const times = isOn(sandbox, 'cancel') ? 0 : 12;
  if (times > 0) sandbox.faults.add({ on: 'cancel', times, answer: { kind: 'token-stale' } });
  return times;
}

/** How many more calls are going to have their token refused. */
export function refusalsAhead(sandbox: Sandbox): number {
  const stale = sandbox.faults.list().filter(({ answer }) => answer.kind === 'token-stale');
  return stale.reduce((sum, { left = 0 }) => sum + left, 0);
}

/** Makes the token stale, and fails the next calls for one. Answers how many tokens that were. */
export function failTokens(sandbox: Sandbox, random: Random): number {
  if (isOn(sandbox, 'token')) return 0;
  sandbox.issueTokens.expire();
  sandbox.faults.add({ on: 'token', times: 1 + random(3), answer: failed(random) });
  return 1;
}

/** Puts something before the gateway that refuses the next calls, some of which are carried out all the same. */
export function interposePages(sandbox: Sandbox, random: Random): void {
  if (isOn(sandbox, 'any') || isOn(sandbox, 'cancel')) return;
  const times = 3 + random(12);
  sandbox.faults.add({ on: 'cancel', times, applyEffect: random(2) === 0, answer: page(random) });
  if (random(2) === 0) sandbox.faults.add({ on: 'get', times: 1 + random(8), answer: page(random) });
}

/** Makes the next calls so slow that fewer codes are dealt with, unless they are already. */
export function slowDown(sandbox: Sandbox): void {
  if (!isOn(sandbox, 'any')) sandbox.faults.add({ on: 'any', times: 20, answer: { kind: 'slow', ms: 500 } });
}

/** Whether a fault that strikes any code is still ahead for an operation. */
function isOn(sandbox: Sandbox, operation: Fault['on']): boolean {
  return sandbox.faults.list().some(({ on, qrCodeId }) => on === operation && qrCodeId === undefined);
}

function addMishaps(
  sandbox: Sandbox,
  where: Pick<Fault, 'on' | 'qrCodeId'>,
  mishaps: readonly Mishap[],
  chance: number,
  random: Random,
): void {
  for (let count = 0; count < MOST_MISHAPS && random(100) < chance; count += 1) {
    const { answer, carryOut: applyEffect = false } = draw(mishaps, random);
    sandbox.faults.add({ ...where, times: 1, applyEffect, answer: answer(random) });
  }
}

function draw(mishaps: readonly Mishap[], random: Random): Mishap {
  let lot = random(mishaps.reduce((sum, { weight }) => sum + weight, 0));
  for (const mishap of mishaps) {
    lot -= mishap.weight;
    if (lot < 0) return mishap;
  }
  throw new Error('There is nothing to draw from.');
}
