import { describe, expect, it } from 'vitest';
import { CANCELLED, cancel, id, kit, useCancelService } from '../../tests/fixtures/cancel-service.ts';
import { JournalUnavailable } from '../journal/journal-trouble.ts';

useCancelService();

describe('A27 a worker that dies', () => {
  /** A service whose worker dies before or after the request. */
  const dying = (moment: 'before' | 'after') =>
    kit.createService({
      client: {
        ...kit.client,
        async cancelQrCode(...call) {
          if (moment === 'after') await kit.client.cancelQrCode(...call);
          return new Promise(() => undefined);
        },
      },
    });

  it.each([
    {
      moment: 'before',
      told: { kind: 'unconfirmed', reason: 'interrupted', currentStatus: 'ACTIVE' },
      sent: 0,
    },
    { moment: 'after', told: { kind: 'cancelled', evidence: 'check' }, sent: 1 },
  ] as const)(
    '$moment the request: the next worker settles the cancel by a read',
    async ({ moment, told, sent }) => {
      void dying(moment).cancel(kit.account, { qrCodeId: id, startedBy: 'menu' });
      await expect.poll(() => kit.patches().length).toBe(sent);
      await expect.poll(async () => (await kit.attempts.findOpen()).length).toBe(1);
      await kit.createService().settleUnfinished();
      const [attempt] = await kit.attempts.findLatest(1);
      expect(attempt?.outcome).toMatchObject(told);
      expect(kit.told).toMatchObject([{ result: { outcome: told }, start: { startedBy: 'menu' } }]);
      expect(kit.patches()).toHaveLength(sent);
      expect(await kit.attempts.findOpen()).toEqual([]);
    },
  );

  it('leaves the attempt open while there are no keys', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.setKeys(undefined);
    await kit.createService().settleUnfinished();
    expect(await kit.attempts.findOpen()).toHaveLength(1);
    kit.setKeys(kit.secretKeysOf('UAT'));
    await kit.createService().settleUnfinished();
    expect(await kit.attempts.findOpen()).toEqual([]);
  });

  it('leaves the attempt open while offline, and settles it afterwards', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.setOnline(false);
    await kit.createService().settleUnfinished();
    expect(await kit.attempts.findOpen()).toHaveLength(1);
    kit.setOnline(true);
    await kit.createService().settleUnfinished();
    expect((await kit.attempts.findLatest(1))[0]?.outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('ends the attempt as not confirmed, without a read, if its account was removed', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.removeAccount();
    const asked = kit.sandbox.requests.all().length;
    await kit.createService().endRemoved();
    expect(await kit.attempts.findOpen()).toEqual([]);
    const ended = { kind: 'unconfirmed', reason: 'interrupted', accountRemoved: true };
    expect((await kit.attempts.findLatest(1))[0]?.outcome).toEqual(ended);
    expect(kit.sandbox.requests.all()).toHaveLength(asked);
  });

  it('leaves the attempt open if the accounts can’t be read', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    const hasAccount = () => Promise.reject(new Error('no storage'));
    await kit
      .createService({ hasAccount })
      .settleUnfinished()
      .catch(() => undefined);
    expect(await kit.attempts.findOpen()).toHaveLength(1);
  });

  it('ends the attempt even if a running recovery found the account', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.setKeys(undefined);
    const service = kit.createService();
    const before = service.settleUnfinished();
    kit.removeAccount();
    await Promise.all([before, service.endRemoved()]);
    expect(await kit.attempts.findOpen()).toEqual([]);
  });

  it('settles the interrupted cancel before it sends the same cancel again', async () => {
    void dying('before').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(async () => (await kit.attempts.findOpen()).length).toBe(1);
    expect((await cancel()).outcome).toEqual(CANCELLED);
    const outcomes = (await kit.attempts.findLatest(2)).map(({ outcome }) => outcome?.kind);
    expect(outcomes).toEqual(['cancelled', 'unconfirmed']);
    expect(kit.patches()).toHaveLength(1);
  });

  it('sends nothing if the attempt could not be recorded', async () => {
    const attempts = { ...kit.attempts, beginCancel: () => Promise.reject(new JournalUnavailable('newer')) };
    const broken = kit.createService({ attempts });
    const { outcome } = await broken.cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    expect(outcome).toEqual({ kind: 'not-sent', reason: 'journal-unavailable', journal: 'newer' });
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});
