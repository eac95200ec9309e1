import { describe, expect, it } from 'vitest';
import type { ForgetReport } from '../messaging/protocol.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { journalText } from './journal.ts';
import { outcomeReport } from './outcome.ts';
import { unreadablePolicyText } from './policy.ts';
import { eraseReport, forgetReport, removalReport } from './removal.ts';

const ALL: ForgetReport = { keys: true, deviceKey: true, settings: true, session: true, journal: 'gone' };
const ACCOUNT = { id: 'a1', name: 'Main counter', environment: 'UAT' } as const;
const TROUBLES: Record<JournalTrouble, RegExp> = {
  newer: /newer version.*Update the extension/,
  full: /no space.*Free some disk space/,
  damaged: /damaged.*Restart the browser/,
  blocked: /Another page.*Close all its other pages/,
  elsewhere: /container tab or a private window.*ordinary tab/,
  'no-answer': /did not answer.*No QR code was changed by this.*restart the browser/,
};

describe('an unusable journal', () => {
  it.each(Object.entries(TROUBLES) as [JournalTrouble, RegExp][])(
    'has instructions for “%s”',
    (trouble, expected) => {
      expect(journalText(trouble)).toMatch(expected);
      if (trouble !== 'full' && trouble !== 'damaged') expect(journalText(trouble)).not.toMatch(/disk/);
    },
  );

  it('is named as the reason for a cancel that was not sent', () => {
    const outcome = { kind: 'not-sent', reason: 'journal-unavailable', journal: 'newer' } as const;
    const text = outcomeReport(outcome, ACCOUNT).sentences.join(' ');
    expect(text).toMatch(/Nothing was sent\..*newer version.*Update the extension/);
    expect(text).not.toMatch(/disk/);
  });
});

describe('the report of a reset', () => {
  it('is a success if everything was deleted', () => {
    expect(forgetReport(ALL)).toMatchObject({ tone: 'success', sentences: [] });
  });

  it.each<[Partial<ForgetReport>, RegExp, RegExp]>([
    [
      { journal: 'blocked' },
      /keys are deleted.*history.*could not be deleted\. Another page/,
      /keys could not/,
    ],
    [{ keys: false }, /keys could not be deleted.*revoke/, /keys are deleted/],
    [{ deviceKey: false }, /keys are deleted.*own key.*could not be deleted/, /history.*could not/],
    [{ settings: false }, /keys are deleted.*settings could not be deleted/, /settings are deleted/],
    [{ session: false }, /Drafts.*could not be deleted/, /keys could not/],
  ])('%j: names what was deleted and what was not', (failed, expected, unexpected) => {
    const { tone, title, sentences } = forgetReport({ ...ALL, ...failed });
    expect([tone, title]).toEqual(['danger', 'Not everything could be deleted.']);
    expect(sentences.join(' ')).toMatch(expected);
    expect(sentences.join(' ')).not.toMatch(unexpected);
  });
});

describe('the report of an account’s removal', () => {
  it.each([
    [{ keys: 'gone', account: true }, 'success', /Its keys are gone/],
    [{ keys: 'none', account: true }, 'success', /had no keys/],
    [{ keys: 'with-others', account: true }, 'warning', /keys of other accounts were deleted/],
    [{ keys: 'left', account: false }, 'danger', /could not be removed.*keys could not be deleted/],
    [{ keys: 'gone', account: false }, 'danger', /could not be removed.*keys are deleted/],
  ] as const)('%j has tone %s and names the account', (removal, tone, expected) => {
    const report = removalReport(removal, 'Main counter');
    expect(report.tone).toBe(tone);
    expect([report.title, ...report.sentences].join(' ')).toMatch(expected);
    expect([report.title, ...report.sentences].join(' ')).toContain('Main counter');
  });

  it('says that an open attempt is not confirmed, and offers no check without keys', () => {
    const outcome = { kind: 'unconfirmed', reason: 'interrupted', accountRemoved: true } as const;
    const { sentences, offerCheck } = outcomeReport(outcome, ACCOUNT);
    expect(sentences.join(' ')).toMatch(/account was removed.*may or may not be cancelled.*at EnKash/);
    expect(offerCheck).toBe(false);
  });
});

it('reports whether the history was erased', () => {
  expect(eraseReport({ ok: true })).toMatchObject({ tone: 'success' });
  expect(eraseReport({ ok: false, trouble: 'full' })).toMatchObject({
    tone: 'danger',
    sentences: [expect.stringContaining('no space')],
  });
});

it('names the unreadable values of a policy, or that the browser returned none', () => {
  expect(unreadablePolicyText(DEFAULT_POLICY)).toBeUndefined();
  const unreadable = ['environments', 'maxJobSize'] as const;
  expect(unreadablePolicyText({ ...DEFAULT_POLICY, unreadable })).toContain('environments, maxJobSize');
  expect(unreadablePolicyText({ ...DEFAULT_POLICY, unreadable: 'all' })).toContain('did not hand over');
});
