import { afterEach, describe, expect, it } from 'vitest';
import { cancel, fault, id, kit, service, useCancelService } from '../../tests/fixtures/cancel-service.ts';
import { checkConnection } from '../accounts/connection-check.ts';
import { t } from '../i18n/i18n.ts';
import { JournalUnavailable } from '../journal/journal-trouble.ts';
import type { CancelAttempt } from '../model/attempt.ts';
import type { NotSentReason } from '../model/gateway-result.ts';
import { attemptBadge } from './attempt.ts';
import { failedCheckReport } from './check.ts';
import { connectionReport } from './connection.ts';
import { explanationOf } from './history.ts';
import { outcomeReport } from './outcome.ts';
import { createReport } from './replacement.ts';

useCancelService();

const statusOf = (qrCodeId = id) => kit.sandbox.qrCodes.get('UAT', qrCodeId)?.status;
const carriedOut = () => kit.sandbox.requests.all().filter((request) => request.carriedOut);
const creates = () => kit.sandbox.requests.of('create');

/** The report of a cancel of the test's code, as one text. */
async function cancelText(): Promise<string> {
  const { outcome } = await cancel();
  const { title, sentences } = outcomeReport(outcome, kit.account);
  return [title, ...sentences].join(' ');
}

/** Signs in, so that later calls have a token. */
async function signIn(): Promise<void> {
  await kit.client.getQrCode(kit.account, id);
  kit.sandbox.requests.clear();
}

describe('“Nothing was sent. The QR code was not changed.”', () => {
  const states: Partial<Record<NotSentReason, () => void>> = {
    offline: () => kit.setOnline(false),
    'no-keys': () => kit.setKeys(undefined),
    locked: () => kit.lock(),
    unreachable: () => kit.sandbox.faults.add({ on: 'any', answer: { kind: 'drop' } }),
    unauthorized: () => kit.setKeys({ ...kit.secretKeysOf('LIVE') }),
    'auth-unavailable': () => fault({ kind: 'status', httpStatus: 503 }, { on: 'token' }),
    'rate-limited': () => fault({ kind: 'rate-limit', retryAfter: '7200' }, { on: 'token' }),
  };

  it.each(Object.entries(states))('after a cancel that is not sent: %s', async (reason, bringAbout) => {
    bringAbout();
    const text = await cancelText();
    expect(text).toContain(t('nothingChanged'));
    const [attempt] = (await kit.attempts.findLatest(1)) as [CancelAttempt];
    expect(attempt.outcome).toMatchObject({ kind: 'not-sent', reason });
    expect(attemptBadge(attempt).text).toBe(t('shortNotSent'));
    expect(explanationOf(attempt)).toContain(t('nothingChanged'));
    expect(kit.patches()).toEqual([]);
    expect(statusOf()).toBe('ACTIVE');
  });

  it('after a cancel of a text that is no ID', async () => {
    const { outcome } = await cancel('../x');
    expect(outcomeReport(outcome, kit.account).sentences).toContain(t('nothingChanged'));
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('after a cancel that could not be recorded', async () => {
    const attempts = {
      ...kit.attempts,
      beginCancel: () => Promise.reject(new JournalUnavailable('full')),
    };
    const { outcome } = await cancel(id, kit.createService({ attempts }));
    const { sentences } = outcomeReport(outcome, kit.account);
    expect(sentences).toEqual(expect.arrayContaining([t('reasonJournal'), t('nothingChanged')]));
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(statusOf()).toBe('ACTIVE');
  });
});

describe('“EnKash did not take the request. The QR code was not changed.”', () => {
  const states: Record<string, () => void> = {
    'the keys are refused': () => fault({ kind: 'token-stale' }),
    'EnKash asks for a long wait': () => fault({ kind: 'rate-limit', retryAfter: '7200' }),
    'the token is refused, and no other can be had': () => {
      fault({ kind: 'token-stale' });
      fault({ kind: 'status', httpStatus: 503 }, { on: 'token' });
    },
  };

  it.each(Object.entries(states))('%s', async (_, bringAbout) => {
    await signIn();
    bringAbout();
    const text = await cancelText();
    expect(text).toContain(t('outcomeNotCancelled'));
    expect(text).toContain(t('turnedAway'));
    expect(kit.patches().length).toBeGreaterThan(0);
    expect(carriedOut()).toEqual([]);
    expect(statusOf()).toBe('ACTIVE');
  });
});

describe('“QR code not cancelled”', () => {
  it('after a refusal: a read after it showed the code active', async () => {
    fault({ kind: 'reject', code: 512, message: 'Approval pending' });
    const text = await cancelText();
    expect(text).toContain(t('outcomeNotCancelled'));
    expect(text).toContain(t('stillActive'));
    const calls = kit.sandbox.requests.all().filter(({ qrCodeId }) => qrCodeId === id);
    expect(calls.map(({ operation }) => operation)).toEqual(['cancel', 'get']);
    expect(carriedOut()).toEqual([]);
    expect(statusOf()).toBe('ACTIVE');
  });

  it('for a code that EnKash does not know: no cancel is carried out', async () => {
    const { outcome } = await cancel('QR00NOSUCHCODE1');
    expect(outcomeReport(outcome, kit.account).title).toBe(t('outcomeNotCancelled'));
    expect(carriedOut()).toEqual([]);
  });

  it('is not said if the read after a refusal failed: it is not known whether the code is active', async () => {
    fault({ kind: 'reject', code: 512, message: 'Approval pending' });
    fault({ kind: 'status', httpStatus: 503 }, { on: 'get' });
    const text = await cancelText();
    expect(text).toContain(t('notReadAfter'));
    for (const claim of [t('outcomeNotCancelled'), t('stillActive')]) expect(text).not.toContain(claim);
    const calls = kit.sandbox.requests.all().filter(({ qrCodeId }) => qrCodeId === id);
    expect(calls.map(({ operation }) => operation)).toEqual(['cancel', 'get']);
  });
});

describe('“The QR code was still active after that.”', () => {
  it('after an unclear cancel: by a read that came later', async () => {
    fault({ kind: 'wrong-shape', shape: 'array' });
    expect(await cancelText()).toContain(t('stillActive'));
    const calls = kit.sandbox.requests.all().filter(({ qrCodeId }) => qrCodeId === id);
    expect(calls.at(-1)).toMatchObject({ operation: 'get', answeredStatus: 200 });
    expect(statusOf()).toBe('ACTIVE');
  });

  it('is not said if EnKash carried the cancel out', async () => {
    fault({ kind: 'wrong-shape', shape: 'array' }, { applyEffect: true });
    expect(await cancelText()).not.toContain(t('stillActive'));
    expect(statusOf()).toBe('CANCELLED');
  });
});

describe('“It was not sent again.”', () => {
  it('after a cancel that the worker’s end interrupted: the next worker only reads', async () => {
    fault({ kind: 'status', httpStatus: 503 });
    const answered = Promise.withResolvers<void>();
    const dying = kit.createService({
      client: {
        ...kit.client,
        async cancelQrCode(...call) {
          await kit.client.cancelQrCode(...call);
          answered.resolve();
          return new Promise(() => undefined);
        },
      },
    });
    void cancel(id, dying);
    await answered.promise;
    await kit.createService().settleUnfinished();
    const [attempt] = (await kit.attempts.findLatest(1)) as [CancelAttempt];
    expect(explanationOf(attempt)).toContain(t('notSentAgain'));
    expect(explanationOf(attempt)).toContain(t('stillActive'));
    expect(kit.patches()).toHaveLength(1);
    expect(kit.sandbox.requests.all().at(-1)?.operation).toBe('get');
    expect(statusOf()).toBe('ACTIVE');
  });
});

describe('“The QR code was not changed by this.”', () => {
  const states: Record<string, () => void> = {
    'no connection': () => kit.setOnline(false),
    'locked keys': () => kit.lock(),
    'refused keys': () => fault({ kind: 'token-stale' }, { on: 'get' }),
    'a page in place of an answer': () => fault({ kind: 'html' }, { on: 'get' }),
    'an error of EnKash': () => fault({ kind: 'status', httpStatus: 503 }, { on: 'get' }),
    'a refusal': () => fault({ kind: 'reject', code: 9, message: 'No.' }, { on: 'get' }),
    'a wait': () => fault({ kind: 'rate-limit', retryAfter: '7200' }, { on: 'get' }),
  };

  it.each(Object.entries(states))('after a check that failed: %s', async (_, bringAbout) => {
    bringAbout();
    const { result } = await service.check(kit.account, { qrCodeId: id, startedBy: 'popup' });
    if (result.kind === 'answered') throw new Error('The check did not fail');
    expect(failedCheckReport(result, kit.account).sentences).toContain(t('checkedNothingChanged'));
    const operations = kit.sandbox.requests.all().map(({ operation }) => operation);
    expect(operations.filter((operation) => !['token', 'get', 'other'].includes(operation))).toEqual([]);
    expect(statusOf()).toBe('ACTIVE');
  });
});

describe('“Your keys are kept.”', () => {
  const states = [
    ['reasonSignInHttp', { kind: 'status', httpStatus: 503 }],
    ['reasonSignInUnavailable', { kind: 'redirect', httpStatus: 302, location: '/' }],
  ] as const;

  it.each(states)('after a sign-in that failed: %s', async (key, answer) => {
    fault(answer, { on: 'token' });
    expect(await cancelText()).toContain(t(key, 'UAT', '503'));
    expect(kit.patches()).toEqual([]);
    kit.sandbox.faults.clear();
    expect(await cancelText()).toContain(t('outcomeCancelled'));
    // The same keys sign in.
    const [first, ...later] = kit.sandbox.requests.of('token').map(({ body }) => body);
    expect(later.at(-1)).toBe(first);
  });
});

describe('a connection check whose sign-in fails', () => {
  it('does not say that nothing can be sent: an earlier token still cancels', async () => {
    await signIn();
    fault({ kind: 'reject', code: 7, message: 'Invalid key' }, { on: 'token' });
    const { client, account } = kit;
    const check = await checkConnection({
      client,
      account,
      signIn: 'secret-key',
      onStep: () => undefined,
    });
    expect(check['sign-in']).toMatchObject({ kind: 'failed', failure: { reason: 'unauthorized' } });
    const text = connectionReport(check, account).sentences.join(' ');
    expect(text).toContain(t('connectionNoSignIn'));
    expect(text).not.toMatch(/nothing/i);
    expect(await cancelText()).toContain(t('outcomeCancelled'));
    expect(kit.patches(id)).toHaveLength(1);
  });
});

describe('a create', () => {
  const asked = { qrName: 'Counter 4', multipleUse: true, customerName: 'Asha Rao', customParams: [] };
  const count = () => kit.sandbox.qrCodes.all('UAT').length;
  let before: number;

  async function createText(): Promise<string> {
    await signIn();
    before = count();
    const result = await service.create(kit.account, { replaces: id, asked });
    return createReport(result, kit.account).sentences.join(' ');
  }

  afterEach(() => expect(carriedOut()).toEqual([]));

  it.each([
    ['locked keys', () => kit.lock()],
    ['no keys', () => kit.setKeys(undefined)],
    ['no connection', () => kit.setOnline(false)],
  ] as const)('“Nothing was sent. No QR code was created.”: %s', async (_, bringAbout) => {
    await signIn();
    bringAbout();
    before = count();
    const result = await service.create(kit.account, { replaces: id, asked });
    expect(createReport(result, kit.account).sentences).toContain(t('createNotSent'));
    expect(creates()).toEqual([]);
    expect(count()).toBe(before);
  });

  it.each([
    ['refused keys', () => fault({ kind: 'token-stale' }, { on: 'create' })],
    ['a wait', () => fault({ kind: 'rate-limit', retryAfter: '1' }, { on: 'create' })],
  ] as const)('“EnKash did not take the request. No QR code was created.”: %s', async (_, bringAbout) => {
    bringAbout();
    expect(await createText()).toContain(t('createTurnedAway'));
    expect(creates().length).toBeGreaterThan(0);
    expect(count()).toBe(before);
  });

  it('“EnKash refused it. No QR code was created.”', async () => {
    fault({ kind: 'reject', code: 9, message: 'No.' }, { on: 'create' });
    expect(await createText()).toContain(t('createRefused'));
    expect(creates()).toHaveLength(1);
    expect(count()).toBe(before);
  });

  it('“It was not sent again.”: after an unclear answer', async () => {
    fault({ kind: 'html' }, { on: 'create' });
    expect(await createText()).toContain(t('notSentAgain'));
    expect(creates()).toHaveLength(1);
  });
});
