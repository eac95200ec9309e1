import { describe, expect, it } from 'vitest';
import { MAX_PART } from '../model/job.ts';
import type { Send, StartBulkResult, StartJobError } from './protocol.ts';
import { type StartProgress, startList } from './start-list.ts';

const codesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ qrCodeId: `QR${100_000 + index}` }));

interface Sent {
  name: string;
  request: {
    codes?: { qrCodeId: string }[];
    prepared?: { jobId: number; count: number };
    total?: number;
    jobId?: number;
  };
}

/** Starts a list with a worker that answers each message as `answer` says, or with job 7. */
async function start(
  count: number,
  answer: (sent: Sent, index: number) => StartJobError | 'no-answer' | undefined = () => undefined,
  progress: StartProgress = {},
) {
  const messages: Sent[] = [];
  const send = (async (name: string, request: Sent['request']) => {
    const sent = { name, request };
    messages.push(sent);
    const problem = answer(sent, messages.length);
    if (problem === 'no-answer') throw new Error('The worker was stopped.');
    return problem ? { ok: false, problem } : { ok: true, jobId: 7 };
  }) as Send;
  const list = { accountId: 'a1', codes: codesOf(count), reason: 'Season over', waitSeconds: 10 } as const;
  const started = await startList(send, list, progress).catch(
    (): StartBulkResult | 'failed' => 'failed' as never,
  );
  return { started, messages, names: messages.map(({ name }) => name) };
}

describe('the start of a list', () => {
  it('that fits into a message is that message, and is not followed', async () => {
    const seen: (number | undefined)[] = [];
    const { messages, started } = await start(MAX_PART, undefined, {
      onPrepared: (count) => seen.push(count),
    });
    expect(started).toEqual({ ok: true, jobId: 7 });
    expect(messages).toEqual([
      {
        name: 'startJob',
        request: { accountId: 'a1', codes: codesOf(MAX_PART), reason: 'Season over', waitSeconds: 10 },
      },
    ]);
    expect(seen).toEqual([undefined]);
  });

  it('that is longer comes in parts that follow each other, and only the last message confirms it', async () => {
    const seen: (number | undefined)[] = [];
    const total = 2 * MAX_PART + 1;
    const { messages, names } = await start(total, undefined, { onPrepared: (count) => seen.push(count) });
    expect(names).toEqual(['prepareJob', 'prepareJob', 'startJob']);
    expect(messages.map(({ request }) => request.prepared)).toEqual([
      undefined,
      { jobId: 7, count: MAX_PART },
      { jobId: 7, count: 2 * MAX_PART },
    ]);
    expect(messages.map(({ request }) => request.total)).toEqual([total, total, undefined]);
    expect(messages.flatMap(({ request }) => request.codes)).toEqual(codesOf(total));
    expect(seen).toEqual([0, MAX_PART, undefined]);
  });

  it('says why it was refused, and has its parts deleted', async () => {
    const problem = { code: 'locked' } as const;
    for (const at of [2, 3]) {
      const refused = await start(3 * MAX_PART, (_, index) => (index === at ? problem : undefined));
      expect(refused.started).toEqual({ ok: false, problem });
      expect(refused.messages.at(-1)).toEqual({ name: 'dropJob', request: { jobId: 7 } });
      expect(refused.messages).toHaveLength(at + 1);
    }
    expect((await start(3 * MAX_PART, () => problem)).names).toEqual(['prepareJob']);
  });

  it('was interrupted if a part has no answer', async () => {
    const { started, names } = await start(3 * MAX_PART, (_, index) =>
      index === 2 ? 'no-answer' : undefined,
    );
    expect(started).toEqual({ ok: false, problem: { code: 'interrupted' } });
    expect(names).toEqual(['prepareJob', 'prepareJob', 'dropJob']);
  });

  it('fails if the confirmation has no answer, and then deletes nothing', async () => {
    const { started, names } = await start(2 * MAX_PART, ({ name }) =>
      name === 'startJob' ? 'no-answer' : undefined,
    );
    expect(started).toBe('failed');
    expect(names).toEqual(['prepareJob', 'startJob']);
  });

  it('is stopped between two parts, and then confirms nothing', async () => {
    const stop = new AbortController();
    const { started, names } = await start(
      3 * MAX_PART,
      ({ name }, index) => {
        if (name === 'prepareJob' && index === 2) stop.abort();
        return undefined;
      },
      { signal: stop.signal },
    );
    expect(started).toBeUndefined();
    expect(names).toEqual(['prepareJob', 'prepareJob', 'dropJob']);
  });
});
