import type { QrCode } from '../enkash/qr-code.ts';
import type { SearchHit } from '../enkash/search.ts';
import { type PictureContent, readPictureText } from '../qr-picture/payment-text.ts';
import type { FindProgress, FoundCode } from './finding.ts';

/** A code as a read or a list gives it. */
type ReadCode = QrCode & { qrCodeId: string };

/** The texts of the own pictures of an account's codes. It never keeps a picture. */
export class PictureIndex {
  readonly #codes = new Map<string, FoundCode>();
  /** Without the codes that have no picture, or one that can't be read. */
  readonly #texts = new Map<string, string>();
  readonly #idsByText = new Map<string, string[]>();
  #compared = 0;

  has(qrCodeId: string): boolean {
    return this.#codes.has(qrCodeId);
  }

  /** Adds a code with the text of its picture. The first text of a code counts: a list may have a picture that its record lacks. */
  add(code: ReadCode | SearchHit, text: string | undefined): void {
    const { qrCodeId } = code;
    if (!this.#codes.has(qrCodeId)) this.#codes.set(qrCodeId, withoutPicture(code));
    if (text === undefined || this.#texts.has(qrCodeId)) return;
    this.#texts.set(qrCodeId, text);
    this.#compared += 1;
    const ids = this.#idsByText.get(text);
    if (ids) ids.push(qrCodeId);
    else this.#idsByText.set(text, [qrCodeId]);
  }

  /** The text of a code's own picture; `undefined` if it has none that can be read. */
  textOf(qrCodeId: string): string | undefined {
    return this.#texts.get(qrCodeId);
  }

  code(qrCodeId: string): FoundCode | undefined {
    return this.#codes.get(qrCodeId);
  }

  /** The codes whose own picture says exactly this text. */
  equalTo(text: string): FoundCode[] {
    const ids = this.#idsByText.get(text) ?? [];
    return ids.map((id) => this.#codes.get(id)).filter((code) => code !== undefined);
  }

  progress(): Pick<FindProgress, 'read' | 'compared'> {
    return { read: this.#codes.size, compared: this.#compared };
  }

  contents(): PictureContent[] {
    const contents: PictureContent[] = [];
    for (const [text, ids] of this.#idsByText) {
      const content = readPictureText(text);
      for (const _ of ids) contents.push(content);
    }
    return contents;
  }
}

function withoutPicture(code: ReadCode | SearchHit): FoundCode {
  const { qrCodeId, qrName, amount, fixedAmount, multipleUse, status, createdOn, modifiedOn, expiry } = code;
  const { customerName, customerEmail, customerMobile, customerId, referenceNumber } = code;
  return {
    ...{ qrCodeId, qrName, amount, fixedAmount, multipleUse, status, createdOn, modifiedOn, expiry },
    ...{ customerName, customerEmail, customerMobile, customerId, referenceNumber },
  };
}
