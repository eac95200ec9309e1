import { OTHER_TEXTS } from '../../../sandbox/demo/picture-pages.ts';
import type { Fault } from '../../../sandbox/fault.ts';
import { pictureTextOf } from '../../../sandbox/picture-text.ts';
import { makeQrCodeId } from '../../../sandbox/qr-code-id.ts';
import { qrImageBase64 } from '../../../sandbox/qr-image.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { serve } from '../helper.ts';

const sandbox = await startSandbox();
const [pattern] = sandbox.qrCodes
  .all('UAT')
  .filter(({ status, customerName }) => status === 'ACTIVE' && customerName);

const duties = {
  /** The gateway's address, and the keys of its UAT merchant. */
  describe: () => {
    const { port, certificate, merchants } = sandbox;
    return { port, certificate, merchant: merchants.UAT };
  },

  /** Adds complete ACTIVE codes, clears the log, and returns their ids. */
  prepare: ({ count, latencyMs }: { count: number; latencyMs: number }): string[] => {
    sandbox.requests.clear();
    sandbox.faults.clear();
    const slow: Fault = { on: 'cancel', answer: { kind: 'slow', ms: latencyMs }, applyEffect: true };
    sandbox.faults.add(slow);
    return Array.from({ length: count }, () => {
      const qrCodeId = makeQrCodeId((below) => Math.floor(Math.random() * below));
      sandbox.qrCodes.put('UAT', { ...pattern, qrCodeId });
      return qrCodeId;
    });
  },

  /**
   * Makes the gateway refuse the first cancel of each of these codes with a 429. It answers after its usual time, like any
   * other cancel.
   */
  limitRate: ({ ids, retryAfterSeconds }: { ids: readonly string[]; retryAfterSeconds: number }): void => {
    for (const qrCodeId of ids) {
      const answer: Fault['answer'] = { kind: 'rate-limit', retryAfter: String(retryAfterSeconds) };
      sandbox.faults.add({ on: 'cancel', qrCodeId, times: 1, answer });
    }
  },

  /** How many of these codes are cancelled. */
  countCancelled: (ids: readonly string[]): number =>
    ids.filter((id) => sandbox.qrCodes.countCancels('UAT', id) === 1).length,

  /** Each cancel that arrived, with its time of arrival in epoch ms and the status of its answer. */
  cancels: (): { qrCodeId: string; at: number; status: number | undefined }[] =>
    sandbox.requests.of('cancel').map(({ qrCodeId = '', at, answeredStatus: status }) => ({
      qrCodeId,
      at,
      status,
    })),

  /**
   * Leaves only as many codes, each with a picture of its own, and clears the log. The pictures are in the lists, or only in
   * the records of single codes.
   */
  preparePictures: ({ count, areInLists }: { count: number; areInLists: boolean }): void => {
    sandbox.requests.clear();
    sandbox.faults.clear();
    sandbox.dialects.clear();
    sandbox.qrCodes.reset();
    if (!areInLists) sandbox.dialects.use('lists-without-pictures');
    for (let index = sandbox.qrCodes.all('UAT').length; index < count; index += 1) {
      const code = { ...pattern, qrCodeId: makeQrCodeId((below) => Math.floor(Math.random() * below)) };
      sandbox.qrCodes.put('UAT', { ...code, qrCodeBase64: qrImageBase64(pictureTextOf(code, 'UAT')) });
    }
  },

  /** A picture that no code has, as a PNG in base64. */
  foreignPicture: (): string => qrImageBase64(OTHER_TEXTS.foreign),

  /** The number of requests by operation. */
  countRequests: (): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { operation } of sandbox.requests.all()) counts[operation] = (counts[operation] ?? 0) + 1;
    return counts;
  },

  /** The number of answered cancels. */
  countAnswered: (): number =>
    sandbox.requests.of('cancel').filter(({ answeredStatus }) => answeredStatus !== undefined).length,

  /** The results of these codes, with the arrival times in epoch ms. */
  tally: (ids: readonly string[]) => {
    const cancels = sandbox.requests.of('cancel');
    const times = cancels.map(({ at }) => at);
    return {
      sent: cancels.length,
      cancelledOnce: ids.filter((id) => sandbox.qrCodes.countCancels('UAT', id) === 1).length,
      firstAt: Math.min(...times),
      lastAt: Math.max(...times),
      others: sandbox.requests.all().length - cancels.length,
      httpVersions: [...new Set(cancels.map(({ httpVersion }) => httpVersion))],
    };
  },
};

export type GatewayDuties = typeof duties;

serve(duties);
