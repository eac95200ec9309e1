import type { PayeeComparison } from '../qr-picture/payee-check.ts';
import type { PictureContent } from '../qr-picture/payment-text.ts';
import type { PictureKind } from '../qr-picture/picture-kind.ts';
import type { Finding, FindRun } from './finding.ts';

/** The most pictures in the list. */
export const MAX_PICTURES = 500;

/** A QR code in a picture, and the code of the account that it was found to be. */
export interface FindPicture {
  /** Counts from 1, in the order of the pictures. */
  number: number;
  /** A small PNG as a `data:` URL. */
  image: string;
  text: string;
  content: PictureContent;
  /** The name of the picture's file. */
  fileName?: string | undefined;
  /** Absent until the codes of the account have been compared. */
  finding?: Finding;
  /** The run that gave the finding. */
  run?: RunSummary;
  /** How the payee compares with those of the account's other codes; only if no code was found. */
  payee?: PayeeComparison;
}

/** A run without its findings, which are with the pictures. */
export type RunSummary = Pick<FindRun, 'end' | 'failure' | 'read' | 'compared'>;

/** Whether another run may find more: not if the account has too many codes, or the gateway gives no pictures. */
export function canGoOn({ finding, run }: FindPicture): boolean {
  if (!finding) return true;
  return !finding.isComplete && (run?.end === 'stopped' || run?.end === 'failed' || run?.end === 'unsure');
}

/** Why a picture, or the page, gave no QR code. */
export type PictureProblem =
  /** `isPartly`: a part of the picture was out of view. */
  | { kind: 'no-code-on-page'; isPartly: boolean }
  | { kind: 'not-captured' }
  | {
      kind: Exclude<PictureKind, 'png' | 'jpeg' | 'webp' | 'gif'> | 'no-code' | 'too-large' | 'too-many';
      fileName: string;
    }
  | { kind: 'camera-refused' | 'camera-missing' | 'camera-timed-out' };
