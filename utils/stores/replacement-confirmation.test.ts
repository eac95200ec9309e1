import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CODE,
  CREATED,
  finish,
  LIVE,
  MAIN,
  openConfirmation,
  openReplacement,
  type ReplacementFixture,
} from '../../tests/fixtures/replacement-store.ts';
import type { CreateResult } from '../qr-code/create.ts';

let fixture: ReplacementFixture;
beforeEach(() => {
  fixture = openReplacement();
});

const now = () => fixture.store.getState().replacement;

describe('a replacement', () => {
  it('is filled in, confirmed, and sent as confirmed', async () => {
    fixture.store.actions.begin(MAIN, 'QR26OLD', CODE);
    expect(now()).toMatchObject({
      stage: 'form',
      form: { qrName: 'Counter 4', amount: '500' },
      problems: [],
    });
    fixture.store.actions.change({ amount: '750' });
    fixture.store.actions.ask();
    expect(now()).toMatchObject({ stage: 'asking', word: undefined, request: { amount: 750 } });
    expect(fixture.sent).toEqual([]);
    await fixture.store.actions.confirm();
    expect(fixture.sent).toEqual([
      {
        accountId: 'a1',
        replaces: 'QR26OLD',
        asked: {
          qrName: 'Counter 4',
          multipleUse: true,
          amount: 750,
          expiry: '2031-12-31T23:59:00',
          customParams: [['store', 'Pune']],
        },
      },
    ]);
    expect(now()).toMatchObject({ stage: 'ended', result: CREATED });
  });

  it('is sent once, however often it is confirmed', async () => {
    const { promise, resolve } = Promise.withResolvers<CreateResult>();
    fixture.answer = () => promise;
    openConfirmation(fixture);
    const all = [fixture.store.actions.confirm(), fixture.store.actions.confirm()];
    await vi.waitFor(() => expect(now()?.stage).toBe('sending'));
    fixture.store.actions.ask();
    fixture.store.actions.backToForm();
    fixture.store.actions.change({ amount: '1' });
    fixture.store.actions.close();
    expect(now()).toMatchObject({ stage: 'sending', form: { amount: '500' } });
    all.push(fixture.store.actions.confirm());
    resolve(CREATED);
    await Promise.all(all);
    await fixture.store.actions.confirm();
    expect(fixture.sent).toHaveLength(1);
  });

  it('is not sent without the confirmation, nor in LIVE without the word', async () => {
    fixture.store.actions.begin(MAIN, 'QR26OLD', CODE);
    await fixture.store.actions.confirm();
    openConfirmation(fixture, LIVE);
    expect(now()?.word).toBe('CREATE');
    for (const typed of ['', 'create', 'CREATE 1']) {
      fixture.store.actions.setTyped(typed);
      await fixture.store.actions.confirm();
    }
    expect(fixture.sent).toEqual([]);
    fixture.store.actions.setTyped(' CREATE ');
    await fixture.store.actions.confirm();
    expect(fixture.sent).toMatchObject([{ accountId: 'a2' }]);
  });

  it('needs a new confirmation and a newly typed word after a return to the form', () => {
    openConfirmation(fixture, LIVE);
    fixture.store.actions.setTyped('CREATE');
    fixture.store.actions.backToForm();
    expect(now()?.stage).toBe('form');
    fixture.store.actions.ask();
    expect(now()?.typed).toBe('');
  });
});

describe('a create that the background does not answer', () => {
  it('is reported as unconfirmed, is not sent again, and leads to a search', async () => {
    fixture.answer = () => Promise.reject(new Error('The worker died.'));
    await finish(fixture);
    expect(now()?.result).toEqual({ outcome: { kind: 'unconfirmed', reason: 'interrupted' } });
    fixture.store.actions.backToForm();
    expect(now()?.stage).toBe('ended');
    fixture.store.actions.searchByName();
    expect(fixture.searched).toEqual(['Counter 4']);
    expect(now()).toBeUndefined();
    expect(fixture.sent).toHaveLength(1);
  });
});
