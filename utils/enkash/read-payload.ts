import { type CreatedQrCode, parseCreated } from './create.ts';
import type { Places, ReadPayload } from './interpret-response.ts';
import type { QrCode } from './qr-code.ts';
import { parseSearchPage, type SearchPage } from './search.ts';

/**
 * Reads the record of the requested code from any known place of an answer: the payload, an array of one, one level
 * deeper (`payload.qrCode`), or an answer without an envelope. Ignores records of other ids. Returns `undefined` if
 * records contradict each other.
 */
export function readRecordOf(qrCodeId: string): ReadPayload<QrCode> {
  return (places) => {
    const records = recordsIn(places);
    const [record, ...others] = records.filter((found) => isSameId(found.qrCodeId, qrCodeId));
    if (record) return others.every(({ status }) => status === record.status) ? { value: record } : undefined;
    const [other] = records;
    return other && { unclear: 'another-id', answeredId: other.qrCodeId };
  };
}

/** Reads the record of a code that was just created, and whose id is not known yet. */
export const readNewRecord: ReadPayload<CreatedQrCode> = (places) => {
  const [record, ...others] = recordsIn(places);
  if (record && others.every(({ qrCodeId }) => qrCodeId === record.qrCodeId)) return { value: record };
  return places.saysSuccess ? { unclear: 'no-id' } : undefined;
};

/** Reads a page of a search, with the codes' pictures if they are wanted. An empty list counts only beside EnKash's success code. */
export function readPageOf(withPictures: boolean): ReadPayload<SearchPage> {
  return ({ payload, json, saysSuccess }) => {
    const pages = [payload, json].map((place) => parseSearchPage(place, withPictures));
    const page = pages.find((found) => found && (saysSuccess || found.qrCodes.some(({ status }) => status)));
    return page && { value: page };
  };
}

/**
 * All records of an answer, each place parsed once. The status may be missing only in the published place, beside a success
 * code. Elsewhere, an object with only an id may be an echo of the request.
 */
function recordsIn({ payload, json, saysSuccess }: Places): CreatedQrCode[] {
  const places = new Set([payload, json].flatMap((place) => [place, ...fieldsOf(onlyOne(place))]));
  return [...places].flatMap((place) => {
    const record = readOne(place);
    const isPublished = saysSuccess && place === payload;
    return record && (isPublished || record.status !== undefined) ? [record] : [];
  });
}

function readOne(place: unknown): CreatedQrCode | undefined {
  return parseCreated(onlyOne(place));
}

function fieldsOf(place: unknown): unknown[] {
  return typeof place === 'object' && place !== null && !Array.isArray(place) ? Object.values(place) : [];
}

function onlyOne(place: unknown): unknown {
  return Array.isArray(place) && place.length === 1 ? place[0] : place;
}

/**
 * Whether two ids name the same code. The gateway may return the requested id in another letter case; any other
 * difference means another code.
 */
function isSameId(given: string, requested: string): boolean {
  return given === requested || given.toLowerCase() === requested.toLowerCase();
}
