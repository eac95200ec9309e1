import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { decideHandOver, fitsHandOver, leaveFor, takeHandOver, watchHandOver } from './pending-action.ts';

const CHECK = { action: 'check', qrCodeId: 'QR26DU7U9NREWU', startedBy: 'menu' } as const;

beforeEach(() => fakeBrowser.reset());

describe('what is left for a page', () => {
  it('is taken once only', async () => {
    await leaveFor('popup', CHECK);
    expect(await takeHandOver('popup')).toEqual(CHECK);
    expect(await takeHandOver('popup')).toBeNull();
  });

  it('is taken once only where it is asked for twice at once', async () => {
    await leaveFor('panel-7', CHECK);
    expect(await Promise.all([takeHandOver('panel-7'), takeHandOver('panel-7')])).toEqual([CHECK, null]);
  });

  it('is told to that page where it is open, and so is nothing else', async () => {
    const onLeft = vi.fn();
    watchHandOver('panel-7', onLeft);
    await leaveFor('panel-8', CHECK);
    await leaveFor('popup', CHECK);
    expect(onLeft).not.toHaveBeenCalled();
    await leaveFor('panel-7', CHECK);
    await takeHandOver('panel-7');
    expect(onLeft).toHaveBeenCalledTimes(1);
  });

  it('is not sprung on somebody who opens the page much later', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await leaveFor('popup', CHECK);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    expect(await takeHandOver('popup')).toBeNull();
    vi.useRealTimers();
    expect(await takeHandOver('popup')).toBeNull();
  });

  it('is for that page alone', async () => {
    await leaveFor('workbench', { action: 'review', text: 'QR1A\nQR2A' });
    expect(await takeHandOver('popup')).toBeNull();
    expect(await takeHandOver('workbench')).toEqual({ action: 'review', text: 'QR1A\nQR2A' });
  });

  it('is the last that was left', async () => {
    await leaveFor('popup', CHECK);
    await leaveFor('popup', { action: 'cancel', qrCodeId: 'QR2A', startedBy: 'menu' });
    expect(await takeHandOver('popup')).toEqual({ action: 'cancel', qrCodeId: 'QR2A', startedBy: 'menu' });
  });

  it('that is too large for the session’s storage is taken from the worker’s memory, once', async () => {
    const text = 'QR26DU7U9NREWU\n'.repeat(600_000);
    await leaveFor('workbench', { action: 'review', text });
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null)).length).toBeLessThan(200);
    expect(await takeHandOver('workbench')).toEqual({ action: 'review', text });
    expect(await takeHandOver('workbench')).toBeNull();
  });

  it('that is too large is `lost` if the worker was stopped before it was taken', async () => {
    await leaveFor('workbench', { action: 'review', text: 'QR26DU7U9NREWU\n'.repeat(600_000) });
    vi.resetModules();
    const another = await import('./pending-action.ts');
    expect(await another.takeHandOver('workbench')).toEqual({ action: 'lost' });
  });

  it('that is small is not mixed up with a large one before it', async () => {
    await leaveFor('workbench', { action: 'review', text: 'QR26DU7U9NREWU\n'.repeat(600_000) });
    await leaveFor('workbench', { action: 'review', text: 'QR1A' });
    expect(await takeHandOver('workbench')).toEqual({ action: 'review', text: 'QR1A' });
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
    decideHandOver(decision.promise);
    const taken = takeHandOver('popup');
    await leaveFor('popup', CHECK);
    decision.resolve();
    expect(await taken).toEqual(CHECK);
    decideHandOver(Promise.reject(new Error('broken')));
    expect(await takeHandOver('popup')).toBeNull();
  });

  it('never reaches storage that is kept on disk', async () => {
    await leaveFor('popup', CHECK);
    expect(await fakeBrowser.storage.local.get(null)).toEqual({});
  });
});
