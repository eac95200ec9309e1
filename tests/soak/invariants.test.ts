import { describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../sandbox/server.ts';
import type { CancelAttempt } from '../../utils/model/attempt.ts';
import type { Item, ItemState } from '../../utils/model/job-item.ts';
import type { Outcome } from '../../utils/model/outcome.ts';
import type { Evidence } from './evidence.ts';
import { changedFinals, finalViolations, violationsSoFar } from './invariants.ts';
import type { Exchange } from './traffic.ts';

const HOST = 'gateway.test';
const CANCELLED: Outcome = { kind: 'cancelled', evidence: 'response' };
const REFUSED: Outcome & { kind: 'rejected' } = {
  kind: 'rejected',
  httpStatus: 200,
  code: 7,
  message: 'No.',
  currentStatus: 'ACTIVE',
};
const ALREADY: Outcome = { kind: 'already-cancelled', code: 9 };

const item = (position: number, qrCodeId: string, state: ItemState, sendings = 1): Item => ({
  jobId: 1,
  position,
  qrCodeId,
  state,
  sendings,
  revision: 1,
});
const attempt = (qrCodeId: string, outcome: Outcome): CancelAttempt => ({
  attemptId: 1,
  at: 0,
  accountId: 'a1',
  accountName: 'Main counter',
  environment: 'UAT',
  qrCodeId,
  startedBy: 'workbench',
  action: 'cancel',
  jobId: 1,
  sendCount: 1,
  outcome,
});
const request = (qrCodeId: string, at: number, more: Partial<LoggedRequest> = {}): LoggedRequest => ({
  at,
  method: 'PATCH',
  path: `/api/v0/qr-code/${qrCodeId}/cancel`,
  query: '',
  host: HOST,
  environment: 'UAT',
  httpVersion: '2.0',
  headers: {},
  body: '{}',
  operation: 'cancel',
  qrCodeId,
  answeredStatus: 200,
  reachedGateway: true,
  carriedOut: true,
  ...more,
});
const exchange = (qrCodeId: string, from: number, more: Partial<Exchange> = {}): Exchange => ({
  method: 'PATCH',
  path: `/api/v0/qr-code/${qrCodeId}/cancel`,
  from,
  to: from + 10,
  status: 200,
  ...more,
});

/** Valid evidence about two codes: one was cancelled, the other refused. */
function flawless(): Evidence {
  return {
    ids: ['QR01', 'QR02'],
    job: {
      jobId: 1,
      at: 0,
      account: { id: 'a1', name: 'Main counter', environment: 'UAT' },
      total: 2,
      state: { kind: 'finished' },
      epoch: 1,
      revision: 3,
      browserSession: 'session 1',
    },
    items: [item(1, 'QR01', CANCELLED), item(2, 'QR02', REFUSED)],
    attempts: [attempt('QR01', CANCELLED), attempt('QR02', REFUSED)],
    requests: [request('QR01', 1_000), request('QR02', 3_000)],
    exchanges: [exchange('QR01', 1_000), exchange('QR02', 3_000)],
    carriedOut: new Map([
      ['QR01', 1],
      ['QR02', 0],
    ]),
    statuses: new Map([
      ['QR01', 'CANCELLED'],
      ['QR02', 'ACTIVE'],
    ]),
    odd: new Set(['QR02']),
    host: HOST,
    stills: [],
    limit: 24,
    kills: [],
    starts: 1,
    refusals: 0,
    endedEarly: false,
    retryAfterMs: 1_000,
  };
}

/** The violations after one change of the evidence. */
function brokenWith(change: Partial<Evidence>): string {
  return finalViolations({ ...flawless(), ...change }).join('\n');
}

/** The first code in another state, with the matching attempt. */
function firstAs(state: Outcome, sendCount = 1): Partial<Evidence> {
  return {
    items: [item(1, 'QR01', state, sendCount), item(2, 'QR02', REFUSED)],
    attempts: [{ ...attempt('QR01', state), sendCount }, attempt('QR02', REFUSED)],
  };
}

/** Additional cancels, in the log and on the wire. */
function andAlso(...exchanges: Exchange[]): Pick<Evidence, 'requests' | 'exchanges'> {
  const before = flawless();
  const logged = exchanges.map(({ path, from }) => request(path.split('/')[4] ?? '', from));
  return {
    requests: [...before.requests, ...logged],
    exchanges: [...before.exchanges, ...exchanges].sort((a, b) => a.from - b.from),
  };
}

it('finds no violation in valid evidence', () => {
  expect(finalViolations(flawless())).toEqual([]);
});

describe('finds', () => {
  it('I1 a lost, added or moved id', () => {
    const { items } = flawless();
    expect(brokenWith({ items: items.slice(1) })).toContain('I1');
    expect(brokenWith({ items: [...items, item(3, 'QR03', CANCELLED)] })).toContain('I1');
    expect(brokenWith({ items: items.toReversed() })).toContain('I1');
    expect(brokenWith({ job: { ...flawless().job, total: 3 } })).toContain('I1');
  });

  it('I2 a cancel missing from the journal, except repetitions by the browser', () => {
    expect(brokenWith(andAlso(exchange('QR01', 2_000)))).toContain('I2: QR01 came 2 times for 1 sendings');
    const lost = { ...exchange('QR01', 900), lost: true };
    expect(brokenWith(andAlso(lost))).not.toContain('I2');
    const abandoned: Exchange = {
      method: 'PATCH',
      path: '/api/v0/qr-code/QR01/cancel',
      from: 900,
      to: 950,
    };
    expect(brokenWith(andAlso(abandoned))).toContain('I2');
    expect(brokenWith({ items: [item(1, 'QR01', CANCELLED, 0), item(2, 'QR02', REFUSED)] })).toContain('I2');
  });

  it('a request on the wire that is not in the log', () => {
    expect(brokenWith({ requests: [request('QR01', 1_000)] })).toContain('over the wire');
  });

  it('I3 a false success', () => {
    expect(brokenWith({ statuses: new Map([['QR01', 'ACTIVE']]) })).toContain('I3');
    expect(brokenWith({ carriedOut: new Map() })).toContain('I3: QR01 was not cancelled by us');
    expect(brokenWith(firstAs(ALREADY))).toContain('I3: QR01 was cancelled by us, not before');
    expect(brokenWith({ ...firstAs(ALREADY), statuses: new Map([['QR01', 'ACTIVE']]) })).toContain(
      'I3: QR01 is reported as cancelled',
    );
    const twin = andAlso(exchange('QR01', 990, { lost: true }));
    expect(brokenWith({ ...firstAs(ALREADY), ...twin })).toBe('');
  });

  it('I4 a code reported as not sent or not cancelled although it was', () => {
    const pending = { items: [item(1, 'QR01', { kind: 'pending' }, 1), item(2, 'QR02', REFUSED)] };
    expect(brokenWith(pending)).toContain('I4: QR01 is pending');
    for (const outcome of [REFUSED, { kind: 'not-found' }, { kind: 'not-sent', reason: 'locked' }] as const)
      expect(brokenWith(firstAs(outcome))).toContain(`I4: QR01 is reported as ${outcome.kind}`);
    const twin = andAlso(exchange('QR01', 990, { lost: true }));
    const { currentStatus: _, ...unread } = REFUSED;
    expect(brokenWith({ ...firstAs(unread), ...twin })).toBe('');
    expect(brokenWith({ ...firstAs(unread, 2), ...twin })).toContain('I4');
    expect(brokenWith({ ...firstAs({ ...unread, cause: 'rate-limited' }, 2), ...twin })).toBe('');
  });

  it('I6 a cancel outside the list, to another host, with an origin, or in a forbidden period', () => {
    expect(brokenWith(andAlso(exchange('QR77', 2_000)))).toContain('I6: QR77');
    const [first, second] = flawless().requests as [LoggedRequest, LoggedRequest];
    expect(brokenWith({ requests: [first, { ...second, host: 'elsewhere.test' }] })).toContain('elsewhere');
    expect(brokenWith({ requests: [first, { ...second, origin: 'x://y' }] })).toContain('bore an origin');
    expect(brokenWith({ requests: [first, { ...second, operation: 'other' }] })).toContain('no call');
    const still = { why: 'a pause', from: 2_500, to: 3_500 };
    expect(brokenWith({ stills: [still] })).toBe('I6: QR02 was sent 500 ms after a pause');
    expect(brokenWith({ stills: [{ ...still, to: 2_900 }] })).toBe('');
  });

  it('I7 an unfinished job, and unsettled codes', () => {
    const { job } = flawless();
    expect(brokenWith({ job: { ...job, state: { kind: 'running' } } })).toContain('I7: the job is running');
    const open: ItemState[] = [
      { kind: 'pending' },
      { kind: 'in-flight' },
      { kind: 'unresolved', fallbackOutcome: REFUSED },
      { kind: 'retry-scheduled', retryAt: 0, fallbackOutcome: REFUSED },
      { kind: 'unconfirmed', reason: 'interrupted' },
    ];
    for (const state of open)
      expect(brokenWith({ items: [item(1, 'QR01', state), item(2, 'QR02', REFUSED)] })).toContain(
        `I7: QR01 is left as ${state.kind}`,
      );
  });

  it('I7 an unconfirmed code, unless EnKash refuses it', () => {
    const state: Outcome = { kind: 'unconfirmed', reason: 'interrupted', currentStatus: 'ACTIVE' };
    const items = [item(1, 'QR01', CANCELLED), item(2, 'QR02', state, 2)];
    const second = { ...attempt('QR02', state), sendCount: 2 };
    const change = { items, attempts: [attempt('QR01', CANCELLED), second] };
    expect(brokenWith(change)).toBe('');
    expect(brokenWith({ ...change, odd: new Set() })).toContain('I7: QR02 is left as unconfirmed');
  });

  it('I7 a job that continues after its end, and codes that it left unfinished', () => {
    const ended = { job: { ...flawless().job, state: { kind: 'ended' as const } }, endedEarly: true };
    const first = (state: ItemState, sendings = 1) => ({
      items: [item(1, 'QR01', state, sendings), item(2, 'QR02', REFUSED)],
    });
    const unsent = {
      requests: [request('QR02', 3_000)],
      exchanges: [exchange('QR02', 3_000)],
      attempts: [attempt('QR02', REFUSED)],
    };
    expect(brokenWith({ ...ended, ...first({ kind: 'pending' }, 0), ...unsent })).toBe('');
    expect(brokenWith({ ...ended, ...firstAs({ kind: 'unconfirmed', reason: 'timeout' }) })).toBe('');
    expect(brokenWith({ ...ended, ...first({ kind: 'in-flight' }) })).toContain('I7');
    expect(brokenWith({ endedEarly: true })).toContain('I7: the job is finished');
  });

  it('I8 a history that differs from the job', () => {
    const [first, second] = flawless().attempts as [CancelAttempt, CancelAttempt];
    expect(brokenWith({ attempts: [first] })).toContain('I8: QR02 has no attempt');
    expect(brokenWith({ attempts: [first, second, second] })).toContain('I8: QR02 has several attempts');
    expect(brokenWith({ attempts: [first, { ...second, outcome: CANCELLED }] })).toContain('I8');
    expect(brokenWith({ attempts: [first, { ...second, sendCount: 2 }] })).toContain('I8');
    expect(brokenWith({ attempts: [first, { ...second, jobId: 2 }] })).toContain('I8');
  });

  it('I8 a final state that changes', () => {
    const seen = new Map<string, string>();
    expect(changedFinals(seen, [item(1, 'QR01', { kind: 'in-flight' })])).toEqual([]);
    expect(changedFinals(seen, [item(1, 'QR01', CANCELLED)])).toEqual([]);
    expect(changedFinals(seen, [item(1, 'QR01', CANCELLED)])).toEqual([]);
    expect(changedFinals(seen, [item(1, 'QR01', { kind: 'cancelled', evidence: 'check' })])).toHaveLength(1);
    expect(changedFinals(seen, [item(1, 'QR01', { kind: 'pending' })])).toHaveLength(1);
  });

  it('I9 too many simultaneous requests, two runners, and unnecessary tokens', () => {
    const crowd = Array.from({ length: 25 }, (_, index) => exchange(`QR${100 + index}`, 2_000));
    expect(brokenWith(andAlso(...crowd))).toContain('I9: 25 requests at once');
    expect(brokenWith(andAlso(...crowd.slice(1)))).not.toContain('I9');
    expect(brokenWith(andAlso(exchange('QR01', 1_005)))).toContain('I9: two at a time sent');
    expect(brokenWith(andAlso(exchange('QR01', 1_010)))).not.toContain('I9');
    const token = request('', 500, { method: 'POST', path: '/token', operation: 'token' });
    expect(brokenWith({ requests: [token] })).not.toContain('I9');
    expect(brokenWith({ requests: [token, token] })).toContain('I9: 2 tokens');
    expect(brokenWith({ requests: [token, token], refusals: 1 })).not.toContain('I9');
    const doubted = request('QR02', 400, { answeredStatus: 403 });
    expect(brokenWith({ requests: [token, doubted, token] })).not.toContain('I9');
    expect(brokenWith({ requests: [token, token], kills: [{ from: 400, to: 600 }] })).not.toContain('I9');
  });

  it('I10 a request before the requested time, except if it had left already or the 429 did not arrive', () => {
    const turnedAway = exchange('QR01', 1_500, { status: 429 });
    const tooEarly = exchange('QR02', 2_200);
    expect(brokenWith(andAlso(turnedAway, tooEarly))).toContain('I10: PATCH');
    expect(brokenWith(andAlso(turnedAway, exchange('QR02', 1_700)))).not.toContain('I10');
    expect(brokenWith(andAlso(turnedAway, exchange('QR02', 2_511)))).not.toContain('I10');
    expect(brokenWith(andAlso({ ...turnedAway, lost: true }, tooEarly))).not.toContain('I10');
    const twin = exchange('QR02', 1_400, { to: 2_150, lost: true });
    expect(brokenWith(andAlso(turnedAway, twin, tooEarly))).not.toContain('I10');
    const kills = [{ from: 1_505, to: 1_560 }];
    expect(brokenWith({ ...andAlso(turnedAway, tooEarly), kills })).not.toContain('I10');
  });
});

it('checks during a job only the rules that hold by then', () => {
  const { ids, job, attempts } = flawless();
  const [first] = attempts as [CancelAttempt];
  const look = {
    ids,
    job: { ...job, state: { kind: 'running' as const } },
    items: [item(1, 'QR01', CANCELLED), item(2, 'QR02', { kind: 'pending' }, 0)],
    attempts: [first],
    requests: [request('QR01', 1_000)],
    exchanges: [exchange('QR01', 1_000)],
  };
  expect(violationsSoFar(look)).toEqual([]);
  const sent = { requests: [...look.requests, request('QR02', 1_100)] };
  expect(violationsSoFar({ ...look, ...sent })).toEqual(['I4: QR02 is pending, yet it was sent']);
});
