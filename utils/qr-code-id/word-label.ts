import { readHeading } from './heading.ts';
import type { LeftOutReason } from './reading.ts';

/** The maximum distance from the beginning of a label to its word. */
const LABEL_REACH = 60;
const MAY_END_LABEL = /[:=#–—-]\s*["'“({[]?$/;
const LABEL_END = /([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}_.\- ]{0,39}?)["'”]?\s*(?:[:=#]|\s[-–—])\s*["'“({[]?$/u;
/** `UTR 426311884512`, `Order no ORD…`: a label without a colon. */
const BARE_LABEL =
  /(?:^|[\s,;(])((?:utr|rrn|txn|transaction|order|invoice|ticket|payment|refund|settlement|voucher|receipt|customer|gstin|pan|ifsc|awb|imei|aadhaar)(?:\s+(?:id|no|number|ref|reference)\.?)?)\s*#?\s*$/i;

/** A label before a word of a line. */
export interface Label {
  /** Whether it names QR codes or IDs. */
  id: boolean;
  /** The text of the label if it names another thing. */
  other?: string;
}

export const NO_LABEL: Label = { id: false };

/** Whether the text before a word ends like a label. */
export function mayFollowLabel(content: string, at: number): boolean {
  return MAY_END_LABEL.test(content.slice(0, at));
}

/** Reads the label before the word at a position. */
export function labelBefore(content: string, at: number): Label {
  if (at === 0) return { id: false };
  const before = content.slice(Math.max(0, at - LABEL_REACH), at);
  const text = MAY_END_LABEL.test(before) ? LABEL_END.exec(before)?.[1] : undefined;
  if (text === undefined) {
    const bare = BARE_LABEL.exec(before)?.[1];
    return bare === undefined ? { id: false } : { id: false, other: bare };
  }
  // The label may be the end of a sentence: the longest sequence of its last words with a known meaning.
  const words = text.split(/\s+/);
  for (let from = Math.max(0, words.length - 4); from < words.length; from += 1) {
    const label = words.slice(from).join(' ');
    const heading = readHeading(label);
    // `Gate 4: QR26…`, `No. 5: QR26…` names the place of the code.
    if (/^(?:s[rl]\.? )?\p{L}+\.? ?\d{1,3}$/iu.test(label) && !heading?.keeps) return { id: false };
    if (heading?.isExact)
      return heading.kind === 'other' || heading.keeps ? { id: false, other: label } : { id: true };
  }
  return { id: false };
}

/** The reason to leave out an ID below or after a label. */
export function labelReason(label: string): LeftOutReason {
  return readHeading(label)?.excludes ? { code: 'excluded', text: label } : { code: 'label', label };
}
