import type { Answer, Fault } from '../../sandbox/fault.ts';
import { makeQrCodeId } from '../../sandbox/qr-code-id.ts';
import type { Sandbox } from '../../sandbox/server.ts';

/** A random number generator that returns an integer from 0 to `below` − 1. */
export type Random = (below: number) => number;

/** The wait that every 429 of a soak requests. */
export const RETRY_AFTER_MS = 2_000;

/** A fault of a single call, and its weight in random draws. */
interface WeightedFault {
  weight: number;
  answer(random: Random): Answer;
  applyEffect?: boolean;
}

const RATE_LIMIT: Answer = { kind: 'rate-limit', retryAfter: String(RETRY_AFTER_MS / 1_000) };
const slow = (random: Random): Answer => ({ kind: 'slow', ms: 50 + random(1_200) });
const failed = (random: Random): Answer => ({
  kind: 'status',
  httpStatus: [500, 502, 503][random(3)] ?? 500,
});

/** A page of an intermediary between the browser and EnKash. */
const page = (random: Random): Answer => ({
  kind: 'status',
  httpStatus: [403, 404, 405, 502][random(4)] ?? 404,
  body: 'html',
});

const CANCEL_FAULTS: readonly WeightedFault[] = [
  { weight: 4, answer: page, applyEffect: true },
  { weight: 4, answer: page },
  { weight: 4, answer: () => ({ kind: 'drop' }), applyEffect: true },
  { weight: 2, answer: () => ({ kind: 'drop' }) },
  { weight: 5, answer: slow, applyEffect: true },
  { weight: 5, answer: slow },
  { weight: 5, answer: failed, applyEffect: true },
  { weight: 5, answer: failed },
  { weight: 3, answer: () => ({ kind: 'token-stale' }) },
  { weight: 2, answer: () => RATE_LIMIT },
];
const READ_FAULTS: readonly WeightedFault[] = [
  { weight: 4, answer: page },
  { weight: 1, answer: () => ({ kind: 'drop' }) },
  { weight: 4, answer: slow },
  { weight: 4, answer: failed },
  { weight: 2, answer: () => ({ kind: 'token-stale' }) },
  { weight: 1, answer: () => RATE_LIMIT },
];

/** Numbers in a hundred codes. The other codes are ACTIVE and can be cancelled. */
const ODD_CODES = { refused: 2, unknown: 1, cancelledBefore: 2 };
/** The chances in percent that a code's next cancel or read has a fault too. */
const CANCEL_FAULT_CHANCE = 33;
const READ_FAULT_CHANCE = 15;
/** Fewer than the number after which the job gives a code up. */
const MAX_FAULTS_PER_CODE = 3;

/** A list, and those of its codes that EnKash does not know or refuses to cancel. */
export interface MadeUpCodes {
  ids: string[];
  odd: ReadonlySet<string>;
}

/** Adds random codes to the sandbox, and random faults of the first calls for each of them. */
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
    // The first matching fault applies, so permanent refusals come after temporary faults.
    addFaults(sandbox, { on: 'cancel', qrCodeId }, CANCEL_FAULTS, CANCEL_FAULT_CHANCE, random);
    addFaults(sandbox, { on: 'get', qrCodeId }, READ_FAULTS, READ_FAULT_CHANCE, random);
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

/** Refuses the token of several cancels in a row, even a new one. Returns their number; 0 if such a fault is active. */
export function refuseSignIns(sandbox: Sandbox): number {
  const times = isOn(sandbox, 'cancel') ? 0 : 12;
  if (times > 0) sandbox.faults.add({ on: 'cancel', times, answer: { kind: 'token-stale' } });
  return times;
}

/** The number of further calls whose token will be refused. */
export function refusalsAhead(sandbox: Sandbox): number {
  const stale = sandbox.faults.list().filter(({ answer }) => answer.kind === 'token-stale');
  return stale.reduce((sum, { left = 0 }) => sum + left, 0);
}

/** Makes the token stale, and fails the next token calls. Returns the number of stale tokens. */
export function failTokens(sandbox: Sandbox, random: Random): number {
  if (isOn(sandbox, 'token')) return 0;
  sandbox.issueTokens.expire();
  sandbox.faults.add({ on: 'token', times: 1 + random(3), answer: failed(random) });
  return 1;
}

/** Lets an intermediary refuse the next calls, some of which still take effect. */
export function interposePages(sandbox: Sandbox, random: Random): void {
  if (isOn(sandbox, 'any') || isOn(sandbox, 'cancel')) return;
  const times = 3 + random(12);
  sandbox.faults.add({ on: 'cancel', times, applyEffect: random(2) === 0, answer: page(random) });
  if (random(2) === 0) sandbox.faults.add({ on: 'get', times: 1 + random(8), answer: page(random) });
}

/** Makes the next calls slow, unless they are slow already. */
export function slowDown(sandbox: Sandbox): void {
  if (!isOn(sandbox, 'any')) sandbox.faults.add({ on: 'any', times: 20, answer: { kind: 'slow', ms: 500 } });
}

/** Whether a fault for all codes is active for an operation. */
function isOn(sandbox: Sandbox, operation: Fault['on']): boolean {
  return sandbox.faults.list().some(({ on, qrCodeId }) => on === operation && qrCodeId === undefined);
}

function addFaults(
  sandbox: Sandbox,
  where: Pick<Fault, 'on' | 'qrCodeId'>,
  faults: readonly WeightedFault[],
  chance: number,
  random: Random,
): void {
  for (let count = 0; count < MAX_FAULTS_PER_CODE && random(100) < chance; count += 1) {
    const { answer, applyEffect = false } = draw(faults, random);
    sandbox.faults.add({ ...where, times: 1, applyEffect, answer: answer(random) });
  }
}

function draw(faults: readonly WeightedFault[], random: Random): WeightedFault {
  let lot = random(faults.reduce((sum, { weight }) => sum + weight, 0));
  for (const fault of faults) {
    lot -= fault.weight;
    if (lot < 0) return fault;
  }
  throw new Error('No fault to draw from.');
}
