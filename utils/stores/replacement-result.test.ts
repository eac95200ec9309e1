import { beforeEach, describe, expect, it } from 'vitest';
import {
  finish,
  IMAGE,
  LIVE,
  MAIN,
  openConfirmation,
  openReplacement,
  pageWith,
  type ReplacementFixture,
} from '../../tests/fixtures/replacement-store.ts';
import type { CreateOutcome } from '../model/outcome.ts';
import { latestNewCode } from './replacement-state.ts';

let fixture: ReplacementFixture;
beforeEach(() => {
  fixture = openReplacement();
});

const now = () => fixture.store.getState().replacement;

describe('the result of a create', () => {
  it.each<CreateOutcome>([
    { kind: 'rejected', httpStatus: 200, code: 1, message: 'No' },
    { kind: 'not-sent', reason: 'offline' },
    { kind: 'unauthorized', httpStatus: 401, code: null, message: '' },
    { kind: 'rate-limited', until: 5, message: '' },
  ])('%j leads back to the unchanged form', async (outcome) => {
    await finish(fixture, outcome);
    fixture.store.actions.backToForm();
    expect(now()).toMatchObject({ stage: 'form', form: { amount: '500' } });
  });

  it('stays after a lock and a change of the account, unlike a replacement that is not sent yet', async () => {
    await finish(fixture);
    fixture.store.actions.follow(pageWith(LIVE));
    fixture.store.actions.follow(pageWith(MAIN, 'locked'));
    expect(now()?.stage).toBe('ended');
    for (const page of [pageWith(LIVE), pageWith(MAIN, 'locked')]) {
      openConfirmation(fixture);
      fixture.store.actions.follow(pageWith(MAIN));
      expect(now()?.stage).toBe('asking');
      fixture.store.actions.follow(page);
      expect(now()).toBeUndefined();
    }
  });

  it('offers the id and the image of the new code', async () => {
    await finish(fixture);
    await fixture.store.actions.copyId();
    fixture.store.actions.saveImage();
    expect(fixture.copied).toEqual(['QR26NEW']);
    expect(fixture.saved).toEqual([['qr-code-QR26NEW.png', IMAGE]]);
    expect(now()?.copied).toBe(true);
  });

  it('saves the image under a fixed name if the id has another form', async () => {
    fixture.answer = () => ({
      outcome: { kind: 'created', code: 0, message: '' },
      qrCode: { qrCodeId: '../x', qrCodeBase64: IMAGE },
    });
    await finish(fixture);
    fixture.store.actions.saveImage();
    expect(fixture.saved).toEqual([['qr-code.png', IMAGE]]);
  });

  it('shows the new code as it was last read', async () => {
    await finish(fixture);
    fixture.read = { kind: 'ambiguous', reason: 'timeout' };
    await fixture.store.actions.refreshNewCode();
    expect(latestNewCode(now())?.qrName).toBe('Counter 4');
    fixture.read = {
      kind: 'answered',
      code: 0,
      message: '',
      payload: { qrCodeId: 'QR26NEW', qrName: 'As read' },
    };
    await fixture.store.actions.refreshNewCode();
    expect(latestNewCode(now())).toEqual({ qrCodeId: 'QR26NEW', qrName: 'As read' });
    fixture.read = undefined;
    await fixture.store.actions.refreshNewCode();
    expect(now()?.read).toEqual({ kind: 'ambiguous', reason: 'connection' });
  });

  it('offers nothing if there is no new code', async () => {
    await finish(fixture, { kind: 'unconfirmed', reason: 'timeout' });
    await fixture.store.actions.copyId();
    fixture.store.actions.saveImage();
    await fixture.store.actions.refreshNewCode();
    expect([fixture.copied, fixture.saved, now()?.read]).toEqual([[], [], undefined]);
  });
});

describe('a search for a code that may exist', () => {
  it('is not started with another account, which would find nothing', async () => {
    await finish(fixture, { kind: 'unconfirmed', reason: 'timeout' });
    fixture.store.actions.follow(pageWith(LIVE));
    expect(now()?.elsewhere).toBe(true);
    fixture.store.actions.searchByName();
    expect(fixture.searched).toEqual([]);
    expect(now()?.stage).toBe('ended');
    fixture.store.actions.follow(pageWith(MAIN, 'locked'));
    fixture.store.actions.follow(pageWith(MAIN));
    expect(now()?.elsewhere).toBe(false);
    fixture.store.actions.searchByName();
    expect(fixture.searched).toEqual(['Counter 4']);
  });
});
