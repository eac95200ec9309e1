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

describe('what is left for a page', () => {
  it('is taken once only', async () => {
    await postPendingAction('popup', CHECK);
    expect(await consumePendingAction('popup')).toEqual(CHECK);
    expect(await consumePendingAction('popup')).toBeNull();
  });

  it('is taken once only where it is asked for twice at once', async () => {
    await postPendingAction('panel-7', CHECK);
    expect(await Promise.all([consumePendingAction('panel-7'), consumePendingAction('panel-7')])).toEqual([
      CHECK,
      null,
    ]);
  });

  it('is told to that page where it is open, and so is nothing else', async () => {
    const onLeft = vi.fn();
    onPendingAction('panel-7', onLeft);
    await postPendingAction('panel-8', CHECK);
    await postPendingAction('popup', CHECK);
    expect(onLeft).not.toHaveBeenCalled();
    await postPendingAction('panel-7', CHECK);
    await consumePendingAction('panel-7');
    expect(onLeft).toHaveBeenCalledTimes(1);
  });

  it('is not sprung on somebody who opens the page much later', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await postPendingAction('popup', CHECK);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    expect(await consumePendingAction('popup')).toBeNull();
    vi.useRealTimers();
    expect(await consumePendingAction('popup')).toBeNull();
  });

  it('is for that page alone', async () => {
    await postPendingAction('workbench', { action: 'review', text: 'QR1A\nQR2A' });
    expect(await consumePendingAction('popup')).toBeNull();
    expect(await consumePendingAction('workbench')).toEqual({ action: 'review', text: 'QR1A\nQR2A' });
  });

  it('is the last that was left', async () => {
    await postPendingAction('popup', CHECK);
    await postPendingAction('popup', { action: 'cancel', qrCodeId: 'QR2A', startedBy: 'menu' });
    expect(await consumePendingAction('popup')).toEqual({
      action: 'cancel',
      qrCodeId: 'QR2A',
      startedBy: 'menu',
    });
  });

  it('that is too large for the session’s storage is taken from the worker’s memory, once', async () => {
    const text = 'QR26DU7U9NREWU\n'.repeat(600_000);
    await postPendingAction('workbench', { action: 'review', text });
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null)).length).toBeLessThan(200);
    expect(await consumePendingAction('workbench')).toEqual({ action: 'review', text });
    expect(await consumePendingAction('workbench')).toBeNull();
  });

  it('that is too large is `lost` if the worker was stopped before it was taken', async () => {
    await postPendingAction('workbench', { action: 'review', text: 'QR26DU7U9NREWU\n'.repeat(600_000) });
    vi.resetModules();
    const another = await import('./pending-action.ts');
    expect(await another.consumePendingAction('workbench')).toEqual({ action: 'lost' });
  });

  it('that is small is not mixed up with a large one before it', async () => {
    await postPendingAction('workbench', { action: 'review', text: 'QR26DU7U9NREWU\n'.repeat(600_000) });
    await postPendingAction('workbench', { action: 'review', text: 'QR1A' });
    expect(await consumePendingAction('workbench')).toEqual({ action: 'review', text: 'QR1A' });
  });

  it.each([
    [59_999_998, true],
    [59_999_999, false],
    [70_000_000, false],
  ])('of %i characters is small enough to be handed over: %s', (length, isSmallEnough) => {
    expect(fitsHandOver('x'.repeat(length))).toBe(isSmallEnough);
  });

  it('is waited for while it is being decided, also where that fails', async () => {
    const decision = Promise.withResolvers<void>();
    holdPendingActions(decision.promise);
    const taken = consumePendingAction('popup');
    await postPendingAction('popup', CHECK);
    decision.resolve();
    expect(await taken).toEqual(CHECK);
    holdPendingActions(Promise.reject(new Error('broken')));
    expect(await consumePendingAction('popup')).toBeNull();
  });

  it('never reaches storage that is kept on disk', async () => {
    await postPendingAction('popup', CHECK);
    expect(await fakeBrowser.storage.local.get(null)).toEqual({});
  });
});
