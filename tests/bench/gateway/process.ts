import type { Fault } from '../../../sandbox/fault.ts';
import { makeQrCodeId } from '../../../sandbox/qr-code-id.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { serve } from '../helper.ts';

const sandbox = await startSandbox();
const [pattern] = sandbox.qrCodes
  .all('UAT')
  .filter(({ status, customerName }) => status === 'ACTIVE' && customerName);

const duties = {
  /** Where the gateway is, and what its UAT merchant signs in with. */
  describe: () => {
    const { port, certificate, merchants } = sandbox;
    return { port, certificate, merchant: merchants.UAT };
  },

  /** Makes ACTIVE codes with all their fields, forgets what was asked, and answers their ids. */
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

  /** How many of the cancels have been answered. */
  countAnswered: (): number =>
    sandbox.requests.of('cancel').filter(({ answeredStatus }) => answeredStatus !== undefined).length,

  /** What has become of these codes, and when; times are epoch ms of arrival. */
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
