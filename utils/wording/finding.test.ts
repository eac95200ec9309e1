import { describe, expect, it } from 'vitest';
import type { FindPicture, RunSummary } from '../find/find-picture.ts';
import type { Finding } from '../find/finding.ts';
import { findingReports, pictureProblemText } from './finding.ts';

const ACCOUNT = { id: 'a', name: 'Main', environment: 'UAT' } as const;
const ALL: RunSummary = { end: 'all', read: 12, compared: 12 };
const NONE: Finding = { equal: [], notCompared: [], isComplete: true };
const codes = (...ids: string[]) => ids.map((qrCodeId) => ({ qrCodeId }));

function pictureWith(finding: Finding, payee?: FindPicture['payee']): FindPicture {
  const text = 'upi://pay?pa=shop@upi';
  const content = { kind: 'other', text } as const;
  return { number: 1, image: '', text, content, finding, ...(payee ? { payee } : {}) };
}
const titles = (finding: Finding, run = ALL, payee?: FindPicture['payee']) =>
  findingReports(pictureWith(finding, payee), run, ACCOUNT).map(({ title }) => title);

describe('the result for a picture', () => {
  it('is the code only if one code’s own picture says the same', () => {
    expect(titles({ ...NONE, equal: codes('QR1') })).toEqual([
      'This is the QR code: its own picture says the same.',
    ]);
    expect(titles({ ...NONE, equal: codes('QR1', 'QR2') })).toEqual([
      '2 QR codes have this same picture. None is chosen.',
    ]);
  });

  it('says that others were not compared if reading stopped', () => {
    const [report] = findingReports(
      pictureWith({ equal: codes('QR1'), notCompared: [], isComplete: false }),
      { ...ALL, end: 'stopped' },
      ACCOUNT,
    );
    expect(report).toMatchObject({
      tone: 'neutral',
      title: 'A QR code has this same picture. It is not chosen.',
    });
    expect(report?.sentences).toEqual([
      'Reading stopped; the other QR codes were not compared. It may be one of them.',
    ]);
  });

  it('says that others may be missing if the pages of the list contradict each other', () => {
    const finding: Finding = { equal: codes('QR1'), notCompared: [], isComplete: false };
    const [report] = findingReports(pictureWith(finding), { ...ALL, end: 'unsure' }, ACCOUNT);
    expect(report?.tone).toBe('neutral');
    expect(report?.sentences[0]).toMatch(/^EnKash’s pages do not fit together/);
  });

  it('never calls a code the code in the picture if its own picture is missing', () => {
    expect(titles({ ...NONE, notCompared: codes('QR1') })).toEqual([
      'Has the ID that stands in the picture; its own picture could not be compared.',
      'Not among the 12 QR codes that were read.',
    ]);
  });

  it('counts the compared codes, and names those without a picture', () => {
    const run: RunSummary = { end: 'all', read: 5, compared: 3 };
    const [report] = findingReports(pictureWith(NONE), run, ACCOUNT);
    expect(report?.title).toBe('Not among the 3 QR codes that were read.');
    expect(report?.sentences[0]).toBe('2 QR codes had no picture to compare. It may be one of them.');
  });

  it('gives the reason of a failure, as an error', () => {
    const run: RunSummary = { ...ALL, end: 'failed', failure: { kind: 'not-sent', reason: 'offline' } };
    const [report] = findingReports(pictureWith({ ...NONE, isComplete: false }), run, ACCOUNT);
    expect(report?.tone).toBe('danger');
    expect(report?.sentences.join(' ')).toMatch(/offline|connection|internet/i);
  });

  it('counts no compared codes if none was compared', () => {
    const title = (run: RunSummary) => titles({ ...NONE, isComplete: false }, run);
    const failure = { kind: 'not-sent', reason: 'offline' } as const;
    expect(title({ end: 'failed', failure, read: 0, compared: 0 })).toEqual([
      'Searching has stopped. Nothing was changed.',
    ]);
    expect(title({ end: 'no-pictures', read: 20, compared: 0 })).toEqual([
      '20 QR codes had no picture to compare. It may be one of them.',
    ]);
    expect(title({ end: 'stopped', read: 0, compared: 0 })[0]).toMatch(/^Reading stopped/);
  });

  it('warns of a sticker first, only if payee or UPI ID differ', () => {
    expect(titles(NONE, ALL, 'different-upi-id')[0]).toMatch(/^The UPI ID in this picture is not one of/);
    expect(titles(NONE, ALL, 'different-payee')[0]).toMatch(/^The payee in this picture is not/);
    expect(titles(NONE, ALL, 'same')).toHaveLength(1);
    expect(titles(NONE, ALL, 'unknown')).toHaveLength(1);
  });
});

describe('the reason why a picture gives no code', () => {
  it('names the file, with hostile characters shown by name', () => {
    expect(pictureProblemText({ kind: 'heic', fileName: 'a\u202eb.heic' }, false)).toMatch(
      /^a‹U\+202E›b\.heic: HEIC pictures can’t be read here/,
    );
  });

  it('asks for a click on the icon in a side panel', () => {
    expect(pictureProblemText({ kind: 'not-captured' }, true)).toMatch(/Click the extension’s icon/);
    expect(pictureProblemText({ kind: 'not-captured' }, false)).toMatch(/Take a screenshot/);
  });
});
