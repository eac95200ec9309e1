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
  ITEM_KINDS,
  ITEM_TRANSITIONS,
  type ItemKind,
  type ItemState,
  isFinalItem,
} from './job-item.ts';
import { OUTCOME_KINDS } from './outcome.ts';

const successors: Partial<Record<ItemKind, readonly ItemKind[]>> = ITEM_TRANSITIONS;
const stateOf = (kind: ItemKind) => ({ kind }) as ItemState;
const jobKinds = Object.keys(JOB_TRANSITIONS) as JobState['kind'][];

describe('an item', () => {
  it('follows the table and nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ITEM_KINDS), fc.constantFrom(...ITEM_KINDS), (from, to) => {
        const go = () => assertItemTransition(stateOf(from), stateOf(to));
        if (successors[from]?.includes(to)) go();
        else expect(go).toThrow(`from ${from} to ${to}`);
      }),
    );
  });

  it('is sent only from where nothing is under way, and never again once it is settled', () => {
    const beforeSending = ITEM_KINDS.filter((kind) => successors[kind]?.includes('in-flight'));
    expect(beforeSending).toEqual(['retry-scheduled', 'pending']);
    expect(ITEM_KINDS.filter((kind) => isFinalItem(stateOf(kind)))).toEqual(OUTCOME_KINDS);
  });

  it('gets to “never sent” from “being sent” alone', () => {
    expect(ITEM_KINDS.filter((kind) => successors[kind]?.includes('pending'))).toEqual(['in-flight']);
  });
});

describe('a job', () => {
  it('follows the table and nothing else', () => {
    for (const from of jobKinds)
      for (const to of jobKinds) {
        const go = () => assertJobTransition({ kind: from } as JobState, { kind: to } as JobState);
        if (JOB_TRANSITIONS[from].includes(to)) go();
        else expect(go).toThrow(`from ${from} to ${to}`);
      }
  });

  it('does nothing more when it is over', () => {
    expect(jobKinds.filter((kind) => isFinalJob({ kind } as JobState))).toEqual(['finished', 'ended']);
  });

  it('resumes by itself only if it is running or paused until a time', () => {
    expect(resumesAutomatically({ kind: 'running' })).toBe(true);
    expect(resumesAutomatically({ kind: 'paused', by: 'rate', until: 1 })).toBe(true);
    expect(resumesAutomatically({ kind: 'paused', by: 'rate' })).toBe(false);
    expect(resumesAutomatically({ kind: 'paused', by: 'user' })).toBe(false);
    expect(resumesAutomatically({ kind: 'ended' })).toBe(false);
  });
});
