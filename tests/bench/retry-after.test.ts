import { describe, expect, it } from 'vitest';
import { arrivedDuringWait, leftDuringWait, longestHandOver } from './retry-after.ts';
import type { Traffic } from './worker-traffic.ts';

const urlOf = (id: string) => `https://gateway.example/api/v0/qr-code/${id}/cancel`;
const patch = (id: string, at: number) => ({ url: urlOf(id), at, wallTimeMs: at * 1000 });
const traffic = (patches: [id: string, at: number][], rateLimited: [id: string, at: number][]): Traffic => ({
  patches: patches.map(([id, at]) => patch(id, at)),
  rateLimited: rateLimited.map(([id, at]) => ({ url: urlOf(id), at })),
});

describe('PATCHes that left the worker during a Retry-After', () => {
  it('are those after the arrival of a 429 and before the end of its wait', () => {
    const sent = traffic(
      [
        ['A', 10],
        ['B', 10.1],
        ['C', 10.3],
        ['A', 11.1],
      ],
      [['A', 10.1]],
    );
    expect(leftDuringWait(sent, 1_000)).toEqual([200]);
  });

  it('may leave in the last milliseconds of the wait, which a timer does not resolve', () => {
    expect(leftDuringWait(traffic([['A', 10.998]], [['B', 10]]), 1_000)).toEqual([]);
    expect(leftDuringWait(traffic([['A', 10.98]], [['B', 10]]), 1_000)).toEqual([980]);
  });

  it('count once if several waits overlap, from the earliest of them', () => {
    const sent = traffic(
      [['C', 10.5]],
      [
        ['A', 10.2],
        ['B', 10.3],
      ],
    );
    expect(leftDuringWait(sent, 1_000)).toEqual([300]);
  });
});

describe('PATCHes that reached the gateway during a Retry-After', () => {
  const cancel = (qrCodeId: string, at: number, status = 200) => ({ qrCodeId, at, status });
  const spans = { latencyMs: 20, handOverMs: 15, retryAfterMs: 1_000 };

  it('are late if two hand-overs after the answer do not explain them', () => {
    const cancels = [
      cancel('A', 1_000, 429),
      cancel('B', 1_010),
      cancel('C', 1_050),
      cancel('D', 1_051),
      cancel('A', 2_030),
    ];
    // Answered at 1,020. What arrives until 1,050 may have left before the answer arrived.
    expect(arrivedDuringWait(cancels, spans)).toEqual([1]);
  });

  it('are none without a 429', () => {
    expect(arrivedDuringWait([cancel('A', 1_000), cancel('B', 1_500)], spans)).toEqual([]);
  });
});

describe('the longest hand-over', () => {
  it('is the longest time from a departure to its arrival, also of a code that is sent twice', () => {
    const sent = traffic(
      [
        ['A', 1],
        ['B', 2],
        ['A', 3],
      ],
      [],
    );
    const cancels = [
      { qrCodeId: 'A', at: 1_004, status: 429 },
      { qrCodeId: 'B', at: 2_009, status: 200 },
      { qrCodeId: 'A', at: 3_030, status: 200 },
    ];
    expect(longestHandOver(sent, cancels)).toBe(30);
  });

  it('is 0 if nothing was sent', () => expect(longestHandOver(traffic([], []), [])).toBe(0));
});
