import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertJobTransition,
  isFinalJob,
  JOB_TRANSITIONS,
  type JobState,
  resumesAutomatically,
} from './job.ts';
import {
  assertItemTransition,
  ITEM_TRANSITIONS,
  type ItemKind,
  type ItemState,
  isFinalItem,
} from './job-item.ts';

const kinds = Object.keys(ITEM_TRANSITIONS) as ItemKind[];
const stateOf = (kind: ItemKind) => ({ kind }) as ItemState;
const jobKinds = Object.keys(JOB_TRANSITIONS) as JobState['kind'][];

describe('an item', () => {
  it('allows exactly the transitions in the table', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(...kinds), (from, to) => {
        const go = () => assertItemTransition(stateOf(from), stateOf(to));
        if (ITEM_TRANSITIONS[from].includes(to)) go();
        else expect(go).toThrow(`from ${from} to ${to}`);
      }),
    );
  });

  it('is sent only if no request is in flight, and never after its final state', () => {
    const beforeSending = kinds.filter((kind) => ITEM_TRANSITIONS[kind].includes('in-flight'));
    expect(beforeSending).toEqual(['pending', 'retry-scheduled']);
    for (const kind of kinds.filter((each) => isFinalItem(stateOf(each))))
      expect(ITEM_TRANSITIONS[kind]).toEqual([]);
  });

  it('returns to pending only from in flight', () => {
    expect(kinds.filter((kind) => ITEM_TRANSITIONS[kind].includes('pending'))).toEqual(['in-flight']);
  });
});

describe('a job', () => {
  it('allows exactly the transitions in the table', () => {
    for (const from of jobKinds)
      for (const to of jobKinds) {
        const go = () => assertJobTransition({ kind: from } as JobState, { kind: to } as JobState);
        if (JOB_TRANSITIONS[from].includes(to)) go();
        else expect(go).toThrow(`from ${from} to ${to}`);
      }
  });

  it('is over when it is finished or ended', () => {
    expect(jobKinds.filter((kind) => isFinalJob({ kind } as JobState))).toEqual(['finished', 'ended']);
  });

  it('resumes automatically if its pause has an end', () => {
    expect(resumesAutomatically({ kind: 'running' })).toBe(true);
    expect(resumesAutomatically({ kind: 'paused', by: 'rate', until: 1 })).toBe(true);
    expect(resumesAutomatically({ kind: 'paused', by: 'rate' })).toBe(false);
    expect(resumesAutomatically({ kind: 'paused', by: 'user' })).toBe(false);
    expect(resumesAutomatically({ kind: 'ended' })).toBe(false);
  });
});
