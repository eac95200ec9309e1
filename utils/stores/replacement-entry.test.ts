import { beforeEach, describe, expect, it } from 'vitest';
import {
  CODE,
  MAIN,
  openReplacement,
  type ReplacementFixture,
} from '../../tests/fixtures/replacement-store.ts';

let fixture: ReplacementFixture;
beforeEach(() => {
  fixture = openReplacement();
});

const now = () => fixture.store.getState().replacement;

describe('the form of a replacement', () => {
  it('shows a problem until its field changes, at once if the cancelled code has it', () => {
    fixture.store.actions.begin(MAIN, 'QR26OLD', { ...CODE, expiry: '2026-01-01T10:00:00', qrName: '' });
    expect(now()?.problems).toEqual([{ field: 'expiry', code: 'passed' }]);
    fixture.store.actions.ask();
    expect(now()).toMatchObject({ stage: 'form' });
    expect(now()?.problems.map(({ field }) => field)).toEqual(['qrName', 'expiry']);
    fixture.store.actions.change({ expiry: '' });
    expect(now()?.problems.map(({ field }) => field)).toEqual(['qrName']);
  });

  it('rejects a half-typed expiry', () => {
    fixture.store.actions.begin(MAIN, 'QR26OLD', { ...CODE, qrName: '' });
    fixture.store.actions.change({ expiry: '' });
    fixture.store.actions.ask(true);
    expect(now()?.problems).toEqual([
      { field: 'qrName', code: 'required' },
      { field: 'expiry', code: 'not-a-time' },
    ]);
    fixture.store.actions.change({ qrName: 'Counter 5' });
    fixture.store.actions.ask(true);
    expect(now()).toMatchObject({ stage: 'form', problems: [{ field: 'expiry', code: 'not-a-time' }] });
    fixture.store.actions.ask(false);
    expect(now()?.stage).toBe('asking');
    expect(now()?.request).not.toHaveProperty('expiry');
  });

  it('has any number of custom params', () => {
    fixture.store.actions.begin(MAIN, 'QR26OLD', CODE);
    fixture.store.actions.addParam();
    fixture.store.actions.changeParam(1, { name: 'bill' });
    fixture.store.actions.changeParam(1, { value: '7' });
    fixture.store.actions.removeParam(0);
    expect(now()?.form.params).toEqual([{ name: 'bill', value: '7' }]);
  });
});
