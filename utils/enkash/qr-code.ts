import * as v from 'valibot';
import { truncate } from './cap-text.ts';

/** Statuses that are published; any other is shown as it came. */
export const ACTIVE = 'ACTIVE';
export const CANCELLED = 'CANCELLED';

const KNOWN_STATUSES: Readonly<Record<string, string>> = { ACTIVE, CANCELLED, CANCELED: CANCELLED };

const text = v.fallback(v.optional(v.pipe(v.string(), v.transform(truncate))), undefined);
const textOrNumber = v.fallback(
  v.optional(v.union([v.number(), v.pipe(v.string(), v.transform(truncate))])),
  undefined,
);
/** An id is text; one that came as a number, or with spaces around it, is read as that text. */
const id = v.fallback(
  v.optional(
    v.pipe(
      v.union([v.number(), v.string()]),
      v.transform((given) => truncate(String(given).trim())),
    ),
  ),
  undefined,
);
/** The published statuses in any letter case, and in the other spelling of English; any other as it came. */
const status = v.fallback(
  v.optional(
    v.pipe(
      v.string(),
      v.transform((given) => KNOWN_STATUSES[given.trim().toUpperCase()] ?? truncate(given)),
    ),
  ),
  undefined,
);
const flag = v.fallback(v.optional(v.boolean()), undefined);

/** A QR image is some kilobytes; what is larger than this is no QR image and is not shown. */
const MAX_IMAGE_LENGTH = 1_000_000;

/** More params of its own than this no code has; of the rest only the number is told. */
const MAX_PARAMS = 100;

/**
 * QrCodeResponse of the gateway. Its published schema marks every field as optional, so a field that is
 * missing or of an unexpected type is left out rather than making the whole answer unreadable.
 */
const QrCodeResponse = v.object({
  qrCodeId: id,
  qrName: text,
  multipleUse: flag,
  fixedAmount: flag,
  amount: textOrNumber,
  description: text,
  expiry: textOrNumber,
  customParams: v.fallback(
    v.optional(
      v.pipe(
        v.unknown(),
        v.check((params) => !Array.isArray(params)),
        v.record(v.string(), v.unknown()),
        v.transform(toStringRecord),
      ),
    ),
    undefined,
  ),
  status,
  qrCodeBase64: v.fallback(
    v.optional(v.pipe(v.string(), v.maxLength(MAX_IMAGE_LENGTH), v.transform(toDataUrl))),
    undefined,
  ),
  createdOn: textOrNumber,
  modifiedOn: textOrNumber,
  customerName: text,
  customerEmail: text,
  customerMobile: textOrNumber,
  customerId: textOrNumber,
  referenceNumber: textOrNumber,
});

/** A QR code as the gateway gave it; `qrCodeBase64` is turned into a `data:` address or left out. */
export type QrCode = v.InferOutput<typeof QrCodeResponse>;

/** Reads a QrCodeResponse; `undefined` where the payload is not even an object. */
export function parseQrCode(payload: unknown): QrCode | undefined {
  if (Array.isArray(payload)) return undefined;
  const parsed = v.safeParse(QrCodeResponse, payload);
  return parsed.success ? parsed.output : undefined;
}

/** Kinds of image by how their base64 begins. SVG is left out on purpose: it is a document, not a picture. */
const IMAGE_KINDS: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

function toDataUrl(given: string): string | undefined {
  const base64 = given.replace(/^data:[^,]*,/, '').replace(/\s/g, '');
  const kind = IMAGE_KINDS.find(([start]) => base64.startsWith(start))?.[1];
  return kind && /^[A-Za-z0-9+/]+=*$/.test(base64) ? `data:${kind};base64,${base64}` : undefined;
}

function toStringRecord(params: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(params);
  const shown = entries.slice(0, MAX_PARAMS).map(([name, value]) => [truncate(name), toText(value)]);
  const more = entries.length - shown.length;
  if (more > 0) shown.push(['…', `+${more.toLocaleString('en-IN')}`]);
  return Object.fromEntries(shown);
}

function toText(value: unknown): string {
  return truncate(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}
