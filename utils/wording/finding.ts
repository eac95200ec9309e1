import {
  type FindPicture,
  MAX_PICTURES,
  type PictureProblem,
  type RunSummary,
} from '../find/find-picture.ts';
import { type Finding, type FoundCode, provenCode } from '../find/finding.ts';
import { formatCount, plural, t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import { MAX_COLLECTED } from '../search/result-collector.ts';
import { escapeInvisibles } from './qr-code.ts';
import type { Report } from './report.ts';
import { searchFailureText } from './search.ts';

/** A report on a picture, with the codes that it is about. */
export interface FindingReport extends Pick<Report, 'tone' | 'title' | 'sentences'> {
  codes: readonly FoundCode[];
}

/**
 * The result for one picture. A code is called the code in the picture only if its own picture says the same. The warning
 * about another payee comes first, because payments may go to someone else now.
 */
export function findingReports(
  picture: FindPicture,
  run: RunSummary | undefined,
  account: AccountRef | undefined,
): FindingReport[] {
  const { finding } = picture;
  if (!finding) return [];
  const { equal, notCompared } = finding;
  if (equal.length > 0) return [equalReport(finding, run)];
  const reports = stickerReports(picture);
  if (notCompared.length > 0)
    reports.push({ tone: 'neutral', title: t('findNotCompared'), sentences: [], codes: notCompared });
  if (run) reports.push(notAmongReport(run, account));
  return reports;
}

function equalReport(finding: Finding, run: RunSummary | undefined): FindingReport {
  const { equal, isComplete } = finding;
  const sentences = isComplete ? [] : [t(run?.end === 'unsure' ? 'noteUnsure' : 'findIncomplete')];
  if (equal.length > 1)
    return {
      tone: 'neutral',
      title: t('findSeveral', formatCount(equal.length)),
      sentences,
      codes: equal,
    };
  return provenCode(finding)
    ? { tone: 'success', title: t('findFound'), sentences, codes: equal }
    : { tone: 'neutral', title: t('findSame'), sentences, codes: equal };
}

function stickerReports({ payee }: FindPicture): FindingReport[] {
  if (payee !== 'different-payee' && payee !== 'different-upi-id') return [];
  const title = t(payee === 'different-payee' ? 'payeeDiffers' : 'upiIdDiffers');
  return [{ tone: 'warning', title, sentences: [t('stickerAdvice')], codes: [] }];
}

function notAmongReport({ end, failure, read, compared }: RunSummary, account?: AccountRef): FindingReport {
  const without = read - compared;
  const sentences: string[] = [];
  if (end === 'failed') sentences.push(t('searchFailed'));
  if (compared > 0 || end === 'all') sentences.push(plural('findNotAmong', compared));
  if (without > 0) sentences.push(plural('findWithoutPicture', without));
  if (end === 'stopped' || end === 'failed') sentences.push(t('findIncomplete'));
  if (failure && account) sentences.push(searchFailureText(failure, account));
  if (end === 'full') sentences.push(t('noteFull', formatCount(MAX_COLLECTED)));
  if (end === 'unsure') sentences.push(t('noteUnsure'));
  if (end === 'all') sentences.push(t('findNotAmongNext'));
  const [title = plural('findNotAmong', compared), ...rest] = sentences;
  return { tone: end === 'failed' ? 'danger' : 'neutral', title, sentences: rest, codes: [] };
}

/** How far the comparison is. */
export function findProgressText(compared: number | undefined): string {
  return compared === undefined ? t('reading') : plural('findCompared', compared);
}

const FILE_PROBLEMS = {
  'no-code': 'pictureNoCode',
  heic: 'pictureHeic',
  pdf: 'pictureOpenAndScan',
  svg: 'pictureOpenAndScan',
  other: 'pictureRefused',
  'too-large': 'pictureTooLarge',
  'too-many': 'picturesTooMany',
} as const;

const CAMERA_PROBLEMS = {
  'camera-refused': 'cameraRefused',
  'camera-missing': 'cameraMissing',
  'camera-timed-out': 'cameraTimedOut',
} as const;

/** Why a picture or a page gave no QR code, and what to do. A side panel sees a page only after a click on the icon there. */
export function pictureProblemText(problem: PictureProblem, isInPanel: boolean): string {
  if ('fileName' in problem) {
    const { fileName, kind } = problem;
    const text = t(FILE_PROBLEMS[kind], formatCount(MAX_PICTURES));
    return fileName === '' ? text : `${escapeInvisibles(fileName)}: ${text}`;
  }
  if (problem.kind === 'no-code-on-page') return t(problem.isPartly ? 'pictureCutOff' : 'pageNoCode');
  if (problem.kind === 'not-captured') return t(isInPanel ? 'pageNeedsClick' : 'pageNotCaptured');
  return t(CAMERA_PROBLEMS[problem.kind]);
}
