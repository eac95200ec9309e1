import { MAX_LIMIT } from '../../../utils/bulk/concurrency-limiter.ts';
import type { EnKashClient } from '../../../utils/enkash/client.ts';
import type { QrCode } from '../../../utils/enkash/qr-code.ts';
import { isPendingDeadline } from '../../../utils/enkash/retry-after.ts';
import type { GatewayResult } from '../../../utils/model/gateway-result.ts';
import { checkArrivingCancel } from './rules.ts';
import type { GatewayFault } from './scenario.ts';
import type { World } from './world.ts';

/** Faults after which the code is certainly unchanged, or after which a 429 only postpones the cancel. */
const NEED_NO_READ: readonly GatewayFault[] = [
  'rate-limited',
  'rate-page',
  'rate-page-done',
  'unauthorized',
  'sign-in-failed',
];
/** Faults that end with EnKash's usual response. */
const ANSWERED_AS_USUAL: readonly GatewayFault[] = ['fine', 'renewed', 'doubted', 'doubted-done'];
const APPLIED: readonly GatewayFault[] = [...ANSWERED_AS_USUAL, 'unreadable'];

const LATENCY_MS = 20;
const CLIENT_TIMEOUT_MS = 20_000;
const RETRY_AFTER_MS = 3_000;

interface Gateway {
  world: World;
  cancelFaults: GatewayFault[];
  readFaults: GatewayFault[];
  /** The end of the wait that the last 429 asked for. */
  refusesUntil: number;
}

type BeforeResend = ((httpStatus?: number) => Promise<void>) | undefined;

/** A client whose gateway treats the calls as the scenario says. */
export function createSimulatedClient(world: World): EnKashClient {
  const { cancels, reads } = world.scenario;
  const gateway: Gateway = {
    world,
    cancelFaults: [...cancels],
    readFaults: [...reads],
    refusesUntil: 0,
  };
  return {
    signIn: () => Promise.reject(new Error('A job does not sign in.')),
    searchQrCodes: () => Promise.reject(new Error('A job does not search.')),
    createQrCode: () => Promise.reject(new Error('A job does not create codes.')),
    async cancelQrCode(_account, id, { beforeResend } = {}) {
      const notSent = reasonNotSent(gateway);
      if (notSent) return notSent;
      startCall(world);
      const mayBeSent = world.clockWasSet || world.clock.now() >= (world.notBefore.get(id) ?? 0);
      world.rule(mayBeSent, 'I10: a cancel before its time');
      const checkedAt = world.activeAt.get(id) ?? Number.NEGATIVE_INFINITY;
      const isChecked = world.clockWasSet || world.clock.now() - checkedAt <= LATENCY_MS;
      world.rule(!world.scenario.planned || isChecked, 'I11: a planned cancel without a check just before');
      await arrive(world, id);
      return cancel(gateway, id, beforeResend);
    },
    async getQrCode(_account, id) {
      const notSent = reasonNotSent(gateway);
      if (notSent) return notSent;
      startCall(world);
      const fault = gateway.readFaults.shift() ?? 'fine';
      await world.clock.sleep(LATENCY_MS);
      world.calls -= 1;
      if (fault === 'fine') world.unverifiedCodes.delete(id);
      if (fault === 'fine' && !world.cancelled.has(id)) world.activeAt.set(id, world.clock.now());
      return faultResponse(gateway, fault) ?? currentCode(world, id);
    },
  };
}

function startCall(world: World): void {
  world.calls += 1;
  world.rule(world.calls <= MAX_LIMIT, 'I9: more requests at once than the limit');
}

/** Treats a cancel that has arrived as its fault says, and returns the response. */
async function cancel(
  gateway: Gateway,
  id: string,
  beforeResend: BeforeResend,
): Promise<GatewayResult<QrCode>> {
  const { world } = gateway;
  const fault = gateway.cancelFaults.shift() ?? 'fine';
  const refusal = await resend(world, id, fault, beforeResend);
  if (refusal) {
    world.calls -= 1;
    return refusal;
  }
  if (!NEED_NO_READ.includes(fault)) world.unverifiedCodes.add(id);
  if (world.cancelled.has(id) && ANSWERED_AS_USUAL.includes(fault)) {
    await world.clock.sleep(LATENCY_MS);
    world.calls -= 1;
    return { kind: 'rejected', httpStatus: 200, code: 5, message: 'Already cancelled.' };
  }
  if (APPLIED.includes(fault) || fault.endsWith('-done')) world.cancelled.add(id);
  await world.clock.sleep(fault === 'late' ? CLIENT_TIMEOUT_MS : LATENCY_MS);
  if (fault === 'late') void world.clock.sleep(LATENCY_MS).then(() => world.cancelled.add(id));
  world.calls -= 1;
  return faultResponse(gateway, fault) ?? currentCode(world, id);
}

/** Sends the cancel again within the same call if the fault asks for that; returns the first response if it is not. */
async function resend(
  world: World,
  id: string,
  fault: GatewayFault,
  beforeResend: BeforeResend,
): Promise<GatewayResult<never> | undefined> {
  if (fault === 'renewed') {
    if (await isResent(world, id, beforeResend)) return undefined;
    return { kind: 'unauthorized', httpStatus: 200, code: 117, message: 'Token is invalid.' };
  }
  if (fault !== 'doubted' && fault !== 'doubted-done') return undefined;
  if (fault === 'doubted-done') world.cancelled.add(id);
  if (await isResent(world, id, () => beforeResend?.(403) ?? Promise.resolve())) return undefined;
  return { kind: 'ambiguous', reason: 'intermediary', httpStatus: 403 };
}

/** Sends a cancel again, unless the sender objects. */
async function isResent(world: World, id: string, beforeResend: BeforeResend): Promise<boolean> {
  await world.clock.sleep(LATENCY_MS);
  try {
    await beforeResend?.();
  } catch {
    return false;
  }
  await arrive(world, id);
  return true;
}

async function arrive(world: World, id: string): Promise<void> {
  world.patches.set(id, (world.patches.get(id) ?? 0) + 1);
  await checkArrivingCancel(world, id);
}

/** The reason for which the client sends nothing now, if there is one. */
function reasonNotSent({ world, refusesUntil }: Gateway): GatewayResult<never> | undefined {
  if (isPendingDeadline(refusesUntil, world.clock.now()))
    return { kind: 'not-sent', reason: 'rate-limited', until: refusesUntil };
  if (!world.online) return { kind: 'not-sent', reason: 'offline' };
  if (world.locked) return { kind: 'not-sent', reason: 'locked' };
  return undefined;
}

function currentCode({ cancelled }: World, id: string): GatewayResult<QrCode> {
  const status = cancelled.has(id) ? 'CANCELLED' : 'ACTIVE';
  return { kind: 'answered', code: 0, message: 'Success', payload: { qrCodeId: id, status } };
}

/** Refuses calls for a while, and returns the end of that. */
function refuseUntilLater(gateway: Gateway): number {
  gateway.refusesUntil = gateway.world.clock.now() + RETRY_AFTER_MS;
  return gateway.refusesUntil;
}

/** The gateway's response to a fault; `undefined` is EnKash's usual one. */
function faultResponse(gateway: Gateway, fault: GatewayFault): GatewayResult<never> | undefined {
  const http = { httpStatus: 200, code: 9, message: 'No.' };
  switch (fault) {
    case 'dropped':
    case 'dropped-done':
      return { kind: 'ambiguous', reason: 'connection' };
    case 'failed':
    case 'failed-done':
      return { kind: 'ambiguous', reason: 'server-error', httpStatus: 503 };
    case 'late':
      return { kind: 'ambiguous', reason: 'timeout' };
    case 'refused':
      return { kind: 'rejected', ...http };
    case 'missing':
    case 'missing-done':
      return { kind: 'not-found', httpStatus: 404, code: 404, message: 'None.' };
    case 'page':
    case 'page-done':
      return { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 };
    case 'blocked':
    case 'blocked-done':
      return { kind: 'ambiguous', reason: 'intermediary', httpStatus: 403 };
    case 'sign-in-failed':
      return { kind: 'sign-in-failed', reason: 'auth-unavailable', httpStatus: 503 };
    case 'unauthorized':
      return { kind: 'unauthorized', ...http, code: 117 };
    case 'unreadable':
      return { kind: 'ambiguous', reason: 'not-json' };
    case 'rate-limited':
      return { kind: 'rate-limited', until: refuseUntilLater(gateway), code: 429, message: 'Slow down.' };
    case 'rate-page':
    case 'rate-page-done':
      return { kind: 'rate-limited', until: refuseUntilLater(gateway), message: '' };
    case 'fine':
    case 'renewed':
    case 'doubted':
    case 'doubted-done':
      return undefined;
  }
}
