import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  consumePendingAction,
  fitsHandOver,
  holdPendingActions,
  onPendingAction,
  postPendingAction,
} from './pending-action.ts';

const CHECK = { action: 'check', qrCodeId: 'QR26DU7U9NREWU', startedBy: 'menu' } as const;

beforeEach(() => fakeBrowser.reset());

describe('a pending action', () => {
  it('is consumed once', async () => {
    await postPendingAction('popup', CHECK);
    expect(await consumePendingAction('popup')).toEqual(CHECK);
    expect(await consumePendingAction('popup')).toBeNull();
  });

  it('is consumed once by concurrent calls', async () => {
    await postPendingAction('panel-7', CHECK);
    expect(await Promise.all([consumePendingAction('panel-7'), consumePendingAction('panel-7')])).toEqual([
      CHECK,
      null,
    ]);
  });

  it('is not lost if it is posted while an earlier one is consumed', async () => {
    const review = { action: 'review', text: 'QR26DU7U9NREWU\n'.repeat(600_000) } as const;
    await postPendingAction('workbench', CHECK);
    const consumed = consumePendingAction('workbench');
    await Promise.resolve();
    await Promise.resolve();
    await postPendingAction('workbench', review);
    expect([await consumed, await consumePendingAction('workbench')]).toEqual([CHECK, review]);
  });

  it('notifies its own open page only', async () => {
    const onPosted = vi.fn();
    onPendingAction('panel-7', onPosted);
    await postPendingAction('panel-8', CHECK);
    await postPendingAction('popup', CHECK);
    expect(onPosted).not.toHaveBeenCalled();
    await postPendingAction('panel-7', CHECK);
    await consumePendingAction('panel-7');
    expect(onPosted).toHaveBeenCalledTimes(1);
  });

  it('is discarded if the page opens much later', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await postPendingAction('popup', CHECK);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    expect(await consumePendingAction('popup')).toBeNull();
    vi.useRealTimers();
    expect(await consumePendingAction('popup')).toBeNull();
  });

  it('is not consumed by another page', async () => {
    await postPendingAction('workbench', { action: 'review', text: 'QR1A\nQR2A' });
    expect(await consumePendingAction('popup')).toBeNull();
    expect(await consumePendingAction('workbench')).toEqual({ action: 'review', text: 'QR1A\nQR2A' });
  });

  it('replaces an earlier one', async () => {
    await postPendingAction('popup', CHECK);
    await postPendingAction('popup', { action: 'cancel', qrCodeId: 'QR2A', startedBy: 'menu' });
    expect(await consumePendingAction('popup')).toEqual({
      action: 'cancel',
      qrCodeId: 'QR2A',
      startedBy: 'menu',
    });
  });

  it('is kept once in the worker’s memory if it is too large for the session storage', async () => {
    const text = 'QR26DU7U9NREWU\n'.repeat(600_000);
    await postPendingAction('workbench', { action: 'review', text });
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null)).length).toBeLessThan(200);
    expect(await consumePendingAction('workbench')).toEqual({ action: 'review', text });
    expect(await consumePendingAction('workbench')).toBeNull();
  });

  it('is `lost` if it is too large and the worker stops before the page consumes it', async () => {
    await postPendingAction('workbench', { action: 'review', text: 'QR26DU7U9NREWU\n'.repeat(600_000) });
    vi.resetModules();
    const another = await import('./pending-action.ts');
    expect(await another.consumePendingAction('workbench')).toEqual({ action: 'lost' });
  });

  it('replaces an earlier large one', async () => {
    await postPendingAction('workbench', { action: 'review', text: 'QR26DU7U9NREWU\n'.repeat(600_000) });
    await postPendingAction('workbench', { action: 'review', text: 'QR1A' });
    expect(await consumePendingAction('workbench')).toEqual({ action: 'review', text: 'QR1A' });
  });

  it.each([
    [59_999_998, true],
    [59_999_999, false],
    [70_000_000, false],
  ])('of %i characters is small enough to post: %s', (length, isSmallEnough) => {
    expect(fitsHandOver('x'.repeat(length))).toBe(isSmallEnough);
  });

  it('is waited for until the decision settles, even if it fails', async () => {
    const decision = Promise.withResolvers<void>();
    holdPendingActions(decision.promise);
    const consumed = consumePendingAction('popup');
    await postPendingAction('popup', CHECK);
    decision.resolve();
    expect(await consumed).toEqual(CHECK);
    holdPendingActions(Promise.reject(new Error('broken')));
    expect(await consumePendingAction('popup')).toBeNull();
  });

  it('never reaches the storage on disk', async () => {
    await postPendingAction('popup', CHECK);
    expect(await fakeBrowser.storage.local.get(null)).toEqual({});
  });
});
