import type { LoggedRequest } from '../../sandbox/server.ts';
import { type Item, isFinalItem } from '../../utils/model/job-item.ts';
import { OUTCOME_KINDS } from '../../utils/model/outcome.ts';
import type { Evidence, Look } from './evidence.ts';
import type { Exchange } from './traffic.ts';

type Rule<Known> = (known: Known) => string[];

/** The time in which a 429 takes effect: requests already on their way cannot be recalled. */
const EFFECTIVE_WITHIN_MS = 250;
/** After a lost connection the browser repeats its requests on a new one within this time. */
const TWIN_WITHIN_MS = 500;
/** Timers may fire a little early. */
const EARLY_MS = 5;

const SETTLED: readonly string[] = OUTCOME_KINDS.filter((kind) => kind !== 'unconfirmed');
/** An early end leaves codes pending, and does not resolve unclear results. */
const SETTLED_EARLY: readonly string[] = [...OUTCOME_KINDS, 'pending'];

const noIdIsLost: Rule<Look> = ({ ids, items, job }) => [
  ...when(items.map(({ qrCodeId }) => qrCodeId).join() !== ids.join(), 'I1: ids were lost, added or moved'),
  ...when(job.total !== ids.length, `I1: the job counts ${job.total} of ${ids.length}`),
];

/** The browser itself repeats requests of a lost connection. All other cancels must be counted in the journal. */
const noMoreCancelsThanWritten: Rule<Look> = ({ items, exchanges }) => {
  const arrived = cancelsByPath(exchanges);
  return items.flatMap(({ qrCodeId, sendings }) => {
    const all = arrived.get(cancelPath(qrCodeId)) ?? [];
    const twins = all.filter(({ lost }) => lost).length;
    return when(
      all.length > sendings + twins,
      `I2: ${qrCodeId} came ${all.length} times for ${sendings} sendings and ${twins} lost connections`,
    );
  });
};

const nothingIsMissing: Rule<Evidence> = ({ requests, exchanges }) =>
  when(
    requests.length !== exchanges.length,
    `The log has ${requests.length} requests, and ${exchanges.length} came over the wire`,
  );

const pendingWasNotSent: Rule<Look> = ({ items, requests }) => {
  const arrived = byId(cancelsOf(requests));
  return items
    .filter(({ state, qrCodeId }) => state.kind === 'pending' && arrived.has(qrCodeId))
    .map(({ qrCodeId }) => `I4: ${qrCodeId} is pending, yet it was sent`);
};

const historyIsTheJob: Rule<Look> = ({ items, attempts, job }) => {
  const rows = Map.groupBy(attempts, ({ qrCodeId }) => qrCodeId);
  const settled = items.filter(({ state }) => isFinalItem(state));
  return [
    ...when(
      attempts.length !== settled.length,
      `I8: ${attempts.length} attempts for ${settled.length} settled codes`,
    ),
    ...settled.flatMap(({ qrCodeId, state, sendings }) => {
      const [row, ...more] = rows.get(qrCodeId) ?? [];
      if (!row || more.length > 0) return [`I8: ${qrCodeId} has ${row ? 'several attempts' : 'no attempt'}`];
      const same =
        JSON.stringify(row.outcome) === JSON.stringify(state) &&
        row.sendCount === sendings &&
        row.jobId === job.jobId;
      return when(!same, `I8: the attempt of ${qrCodeId} is not what its item says`);
    }),
  ];
};

const cancelledIsTrue: Rule<Evidence> = ({ items, exchanges, statuses, carriedOut }) => {
  const arrived = cancelsByPath(exchanges);
  return items.flatMap(({ qrCodeId, state, sendings }) => {
    const done = carriedOut.get(qrCodeId) ?? 0;
    const hasTwin = (arrived.get(cancelPath(qrCodeId)) ?? []).some(({ lost }) => lost);
    switch (state.kind) {
      case 'cancelled':
        return [
          ...when(
            statuses.get(qrCodeId) !== 'CANCELLED',
            `I3: ${qrCodeId} is reported as cancelled, and is not`,
          ),
          ...when(state.evidence === 'response' && done === 0, `I3: ${qrCodeId} was not cancelled by us`),
        ];
      case 'already-cancelled':
        return [
          ...when(
            statuses.get(qrCodeId) !== 'CANCELLED',
            `I3: ${qrCodeId} is reported as cancelled, and is not`,
          ),
          ...when(done > 0 && !hasTwin, `I3: ${qrCodeId} was cancelled by us, not before`),
        ];
      case 'rejected':
        // The extension saw only the response to the browser's repetition: of its only request, or of one that was refused.
        if (hasTwin && state.currentStatus === undefined && (sendings === 1 || state.cause)) return [];
        return when(done > 0, `I4: ${qrCodeId} is reported as rejected, yet it was cancelled by us`);
      case 'not-found':
      case 'not-sent':
        return when(done > 0, `I4: ${qrCodeId} is reported as ${state.kind}, yet it was cancelled by us`);
      default:
        return [];
    }
  });
};

const onlyTheListAtTheRightTime: Rule<Evidence> = ({ ids, requests, host, stills }) => {
  const list = new Set(ids);
  const isOurs = (id: string | undefined) => id !== undefined && list.has(id);
  return [
    ...requests.flatMap(({ method, operation, qrCodeId, path, host: to, origin }) => [
      ...when(to !== host, `I6: ${method} ${path} went to ${to}`),
      ...when(origin !== undefined, `I6: ${method} ${path} bore an origin`),
      ...when(operation === 'other', `I6: ${method} ${path} is no call of the gateway's`),
      ...when(
        operation === 'cancel' && !isOurs(qrCodeId),
        `I6: ${qrCodeId} was cancelled, and is not on the list`,
      ),
    ]),
    ...stills.flatMap(({ why, from, to }) =>
      cancelsOf(requests)
        .filter(({ at }) => at > from && at < to)
        .map(({ qrCodeId, at }) => `I6: ${qrCodeId} was sent ${at - from} ms after ${why}`),
    ),
  ];
};

/** An odd code stays unconfirmed if EnKash refuses it after an unclear response. */
const comesToAnEnd: Rule<Evidence> = ({ job, items, odd, endedEarly }) => {
  const settled = endedEarly ? SETTLED_EARLY : SETTLED;
  const isSettled = ({ state, qrCodeId }: Item) =>
    settled.includes(state.kind) || (state.kind === 'unconfirmed' && odd.has(qrCodeId));
  return [
    ...when(job.state.kind !== (endedEarly ? 'ended' : 'finished'), `I7: the job is ${job.state.kind}`),
    ...items
      .filter((item) => !isSettled(item))
      .map(({ qrCodeId, state }) => `I7: ${qrCodeId} is left as ${state.kind}`),
  ];
};

const withinTheLimit: Rule<Evidence> = ({ exchanges, limit }) => {
  const steps = exchanges
    .flatMap(({ from, to = Number.POSITIVE_INFINITY }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of steps) {
    now += by;
    most = Math.max(most, now);
  }
  return when(most > limit, `I9: ${most} requests at once`);
};

const oneRunner: Rule<Evidence> = ({ exchanges }) =>
  [...cancelsByPath(exchanges)].flatMap(([path, same]) =>
    when(
      same.some(({ from }, index) => index > 0 && from < (same[index - 1]?.to ?? Number.POSITIVE_INFINITY)),
      `I9: two at a time sent ${path}`,
    ),
  );

/**
 * A token is fetched if there is none, if it was refused, if a page 403 may be a refusal, or if the worker was killed before
 * it stored the token.
 */
const fewTokens: Rule<Evidence> = ({ requests, kills, starts, refusals }) => {
  const tokens = requests.filter(({ operation }) => operation === 'token');
  const failed = tokens.filter(({ answeredStatus }) => answeredStatus !== 200).length;
  const doubted = requests.filter(
    ({ operation, answeredStatus }) => operation !== 'token' && answeredStatus === 403,
  ).length;
  const most = starts + refusals + doubted + failed + kills.length;
  return when(tokens.length > most, `I9: ${tokens.length} tokens were fetched, ${most} were called for`);
};

const waitsAsAsked: Rule<Evidence> = ({ exchanges, kills, retryAfterMs }) => {
  const sent = withoutTwins(exchanges);
  return exchanges
    .filter(({ status, lost }) => status === 429 && !lost)
    .flatMap(({ to = 0 }) => {
      const effectiveAt = to + EFFECTIVE_WITHIN_MS;
      // If the worker was killed before the response arrived, the next one does not know about the 429.
      if (kills.some((kill) => kill.from <= effectiveAt && kill.to >= to)) return [];
      return sent
        .filter(({ from }) => from > effectiveAt && from < to + retryAfterMs - EARLY_MS)
        .map(({ method, path, from }) => `I10: ${method} ${path} came ${from - to} ms after a 429`);
    });
};

const LOOK_RULES: readonly Rule<Look>[] = [
  noIdIsLost,
  noMoreCancelsThanWritten,
  pendingWasNotSent,
  historyIsTheJob,
];
const END_RULES: readonly Rule<Evidence>[] = [
  nothingIsMissing,
  cancelledIsTrue,
  onlyTheListAtTheRightTime,
  comesToAnEnd,
  withinTheLimit,
  oneRunner,
  fewTokens,
  waitsAsAsked,
];

/** The violations of the rules that hold during a job. */
export function violationsSoFar(look: Look): string[] {
  return LOOK_RULES.flatMap((rule) => rule(look));
}

/** The violations of the rules that hold after a job. */
export function finalViolations(evidence: Evidence): string[] {
  return [...violationsSoFar(evidence), ...END_RULES.flatMap((rule) => rule(evidence))];
}

/** The final states that have changed since the last call. Remembers the current ones in `seen`. */
export function changedFinals(seen: Map<string, string>, items: readonly Item[]): string[] {
  return items.flatMap(({ qrCodeId, state }) => {
    const before = seen.get(qrCodeId);
    const now = JSON.stringify(state);
    if (isFinalItem(state)) seen.set(qrCodeId, now);
    return when(before !== undefined && before !== now, `I8: ${qrCodeId} went from ${before} to ${now}`);
  });
}

function isCancel({ method }: { method: string }): boolean {
  return method === 'PATCH';
}

function cancelsByPath(exchanges: readonly Exchange[]): Map<string, Exchange[]> {
  return Map.groupBy(exchanges.filter(isCancel), ({ path }) => path);
}

/** Leaves out requests that the browser repeated itself, which an extension cannot prevent. */
function withoutTwins(exchanges: readonly Exchange[]): Exchange[] {
  const lastLost = new Map<string, number>();
  return exchanges.filter(({ method, path, from, to = 0, lost }) => {
    const name = `${method} ${path}`;
    const isTwin = from - (lastLost.get(name) ?? 0) < TWIN_WITHIN_MS;
    if (lost) lastLost.set(name, to);
    else lastLost.delete(name);
    return !isTwin;
  });
}

function cancelPath(qrCodeId: string): string {
  return `/api/v0/qr-code/${qrCodeId}/cancel`;
}

function when(isBroken: boolean, says: string): string[] {
  return isBroken ? [says] : [];
}

function cancelsOf(requests: readonly LoggedRequest[]): LoggedRequest[] {
  return requests.filter(isCancel);
}

function byId(requests: readonly LoggedRequest[]): Map<string | undefined, LoggedRequest[]> {
  return Map.groupBy(requests, ({ qrCodeId }) => qrCodeId);
}
