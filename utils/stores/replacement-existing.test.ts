import { beforeEach, describe, expect, it } from 'vitest';
import {
  CODE,
  finish,
  LIVE,
  MAIN,
  openConfirmation,
  openReplacement,
  type ReplacementFixture,
} from '../../tests/fixtures/replacement-store.ts';
import type { ExistingReplacement } from '../history/find-replacements.ts';

let fixture: ReplacementFixture;
beforeEach(() => {
  fixture = openReplacement();
});

const now = () => fixture.store.getState().replacement;

const FIRST: ExistingReplacement = { attemptId: 7 };
/** Waits until the journal has answered: its promises settle before the timer. */
const journalRead = () => new Promise((resolve) => setTimeout(resolve));

describe('an earlier create for the same code', () => {
  it('is shown in the form, whichever page sent it', async () => {
    fixture.earlier = { 'UAT QR26OLD': FIRST };
    fixture.store.actions.begin(MAIN, 'QR26OLD', CODE);
    await journalRead();
    expect(now()?.before).toEqual(FIRST);
    fixture.store.actions.begin(MAIN, 'QR26OTHER', CODE);
    await journalRead();
    expect(now()?.before).toBeUndefined();
    fixture.store.actions.begin(LIVE, 'QR26OLD', CODE);
    await journalRead();
    expect(now()?.before).toBeUndefined();
  });

  it('by another page is shown in a form that is open', async () => {
    fixture.store.actions.begin(MAIN, 'QR26OLD', CODE);
    await journalRead();
    expect(now()?.before).toBeUndefined();
    fixture.earlier = { 'UAT QR26OLD': FIRST };
    await fixture.store.actions.lookAgain();
    expect(now()).toMatchObject({ stage: 'form', before: FIRST });
  });

  it('does not change an open confirmation, but is shown when that is confirmed', async () => {
    openConfirmation(fixture, MAIN);
    await journalRead();
    fixture.earlier = { 'UAT QR26OLD': FIRST };
    await fixture.store.actions.lookAgain();
    expect(now()?.before).toBeUndefined();
    await fixture.store.actions.confirm();
    expect([now()?.stage, now()?.before, fixture.sent]).toEqual(['asking', FIRST, []]);
  });

  it('sent while the form was open is shown in the confirmation', async () => {
    fixture.store.actions.begin(MAIN, 'QR26OLD', CODE);
    fixture.earlier = { 'UAT QR26OLD': FIRST };
    fixture.store.actions.ask();
    await journalRead();
    expect(now()).toMatchObject({ stage: 'asking', before: FIRST });
    await fixture.store.actions.confirm();
    expect(fixture.sent).toHaveLength(1);
  });

  it('found when this one is confirmed prevents the request until it is confirmed again', async () => {
    openConfirmation(fixture, LIVE);
    await journalRead();
    fixture.store.actions.setTyped('CREATE');
    fixture.earlier = { 'LIVE QR26OLD': FIRST };
    await fixture.store.actions.confirm();
    expect(fixture.sent).toEqual([]);
    expect(now()).toMatchObject({ stage: 'asking', before: FIRST, typed: '' });
    fixture.store.actions.setTyped('CREATE');
    fixture.earlier = { 'LIVE QR26OLD': { ...FIRST, qrCodeId: 'QR26NEW' } };
    await fixture.store.actions.confirm();
    expect(fixture.sent).toEqual([]);
    expect(now()).toMatchObject({ stage: 'asking', before: { qrCodeId: 'QR26NEW' } });
    fixture.store.actions.setTyped('CREATE');
    await fixture.store.actions.confirm();
    expect(fixture.sent).toHaveLength(1);
  });

  it('is looked up before the request, which is dropped if the form changed in the meantime', async () => {
    openConfirmation(fixture, MAIN);
    await journalRead();
    const confirming = fixture.store.actions.confirm();
    fixture.store.actions.backToForm();
    fixture.store.actions.change({ amount: '7' });
    fixture.store.actions.ask();
    await confirming;
    expect(now()).toMatchObject({ stage: 'asking', request: { amount: 7 } });
    expect(fixture.sent).toEqual([]);
  });

  it('is looked up once, and nothing is sent after a lock in the meantime', async () => {
    openConfirmation(fixture, MAIN);
    await journalRead();
    const confirming = [fixture.store.actions.confirm(), fixture.store.actions.confirm()];
    fixture.store.actions.follow(undefined);
    await Promise.all(confirming);
    expect(now()).toBeUndefined();
    expect(fixture.sent).toEqual([]);
  });

  it('is not shown for another code that was opened in the meantime', async () => {
    fixture.earlier = { 'UAT QR26OLD': FIRST };
    fixture.store.actions.begin(MAIN, 'QR26OLD', CODE);
    fixture.store.actions.begin(MAIN, 'QR26OTHER', CODE);
    await journalRead();
    expect(now()?.before).toBeUndefined();
  });

  it('that can’t be looked up leaves the decision to the background, which records before it sends', async () => {
    fixture.earlier = undefined;
    await finish(fixture, { kind: 'not-sent', reason: 'journal-unavailable' });
    expect(now()).toMatchObject({ stage: 'ended', result: { outcome: { kind: 'not-sent' } } });
  });
});
