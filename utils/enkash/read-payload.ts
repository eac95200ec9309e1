import { type CreatedQrCode, parseCreated } from './create.ts';
import type { Places, ReadPayload } from './interpret-response.ts';
import type { QrCode } from './qr-code.ts';
import { parseSearchPage, type SearchPage } from './search.ts';

/**
 * Reads the record of the code that was asked for, wherever an answer puts it: as the payload, in an array of one, one
 * level deeper (`payload.qrCode`), or without an envelope. A record of another id is never taken for it, and records
 * that contradict each other are none.
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

/** Reads the record of a code that was just created, whose id is not known beforehand. */
export const readNewRecord: ReadPayload<CreatedQrCode> = (places) => {
  const [record, ...others] = recordsIn(places);
  if (record && others.every(({ qrCodeId }) => qrCodeId === record.qrCodeId)) return { value: record };
  return places.saysSuccess ? { unclear: 'no-id' } : undefined;
};

/** Reads a page of a search. An empty list is one only if EnKash's code for success stands beside it. */
export const readPage: ReadPayload<SearchPage> = ({ payload, json, saysSuccess }) => {
  const pages = [payload, json].map(parseSearchPage);
  const page = pages.find((found) => found && (saysSuccess || found.qrCodes.some(({ status }) => status)));
  return page && { value: page };
};

/**
 * All records of an answer. Only the published place, under a code for success, may leave out the status: elsewhere an
 * object with an id may be no more than an echo of the request.
 */
function recordsIn({ payload, json, saysSuccess }: Places): CreatedQrCode[] {
  const published = saysSuccess ? readOne(payload) : undefined;
  const others = [payload, json]
    .flatMap((place) => [place, ...fieldsOf(onlyOne(place))])
    .map(readOne)
    .filter((record) => record?.status !== undefined);
  return [published, ...others].filter((record) => record !== undefined);
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
 * The gateway answers for the id in the path of the request, so an id in another letter case is that code's in the
 * gateway's own way of writing it. Any other difference makes it another code's.
 */
function isSameId(given: string, asked: string): boolean {
  return given === asked || given.toLowerCase() === asked.toLowerCase();
}
