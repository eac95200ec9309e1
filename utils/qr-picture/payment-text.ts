import { type EmvContent, readEmv } from './emv.ts';
import { capped, MAX_TEXT_LENGTH } from './payment-fields.ts';
import { readUpiLink, type UpiContent } from './upi-link.ts';

/** The meaning of the text in a QR code. */
export type PictureContent = UpiContent | EmvContent | OtherContent;

/** A text that is no payment, for example a web address or a Wi-Fi password. */
export interface OtherContent {
  kind: 'other';
  /** At most 1,000 characters, and an ellipsis if there are more. */
  text: string;
}

const MAX_OTHER_LENGTH = 1_000;

/** Reads the text of a QR code. Accepts any text and never throws. */
export function readPictureText(text: string): PictureContent {
  const bare = text.trim();
  const read = bare.length > MAX_TEXT_LENGTH ? undefined : (readUpiLink(bare) ?? readEmv(bare));
  return read ?? { kind: 'other', text: capped(bare, MAX_OTHER_LENGTH) };
}
