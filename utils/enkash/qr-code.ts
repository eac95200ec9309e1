import * as v from 'valibot';
import { truncate } from './cap-text.ts';

/** The published statuses. Any other status is shown unchanged. */
export const ACTIVE = 'ACTIVE';
export const CANCELLED = 'CANCELLED';

const KNOWN_STATUSES: Readonly<Record<string, string>> = { ACTIVE, CANCELLED, CANCELED: CANCELLED };

/** An optional field that is dropped if it is invalid. */
const lenient = <Schema extends v.GenericSchema>(schema: Schema) => v.fallback(v.optional(schema), undefined);

const shortText = v.pipe(v.string(), v.transform(truncate));
const text = lenient(shortText);
const textOrNumber = lenient(v.union([v.number(), shortText]));
/** An id is text; a number is converted, and surrounding spaces are removed. */
const id = lenient(
  v.pipe(
    v.union([v.number(), v.string()]),
    v.transform((given) => truncate(String(given).trim())),
  ),
);
/** The published statuses in any letter case, and in American spelling; any other unchanged. */
const status = lenient(
  v.pipe(
    v.string(),
    v.transform((given) => KNOWN_STATUSES[given.trim().toUpperCase()] ?? truncate(given)),
  ),
);
const flag = lenient(v.boolean());

/** The maximum length of an image in base64; a QR image has some kilobytes. */
const MAX_IMAGE_LENGTH = 1_000_000;

/** The maximum number of custom params that are read; of the rest only the number is shown. */
const MAX_PARAMS = 100;

/**
 * QrCodeResponse of the gateway. Its published schema marks every field as optional. A field that is missing or of an
 * unexpected type is dropped, so that the rest stays readable.
 */
const QrCodeResponse = v.object({
  qrCodeId: id,
  qrName: text,
  multipleUse: flag,
  fixedAmount: flag,
  amount: textOrNumber,
  description: text,
  expiry: textOrNumber,
  customParams: lenient(
    v.pipe(
      v.unknown(),
      v.check((params) => !Array.isArray(params)),
      v.record(v.string(), v.unknown()),
      v.transform(toStringRecord),
    ),
  ),
  status,
  qrCodeBase64: lenient(v.pipe(v.string(), v.maxLength(MAX_IMAGE_LENGTH), v.transform(toDataUrl))),
  createdOn: textOrNumber,
  modifiedOn: textOrNumber,
  customerName: text,
  customerEmail: text,
  customerMobile: textOrNumber,
  customerId: textOrNumber,
  referenceNumber: textOrNumber,
});

/** A QR code from the gateway. `qrCodeBase64` is converted to a `data:` URL or dropped. */
export type QrCode = v.InferOutput<typeof QrCodeResponse>;

/** Parses a QrCodeResponse; `undefined` if the payload is not an object. */
export function parseQrCode(payload: unknown): QrCode | undefined {
  if (Array.isArray(payload)) return undefined;
  const parsed = v.safeParse(QrCodeResponse, payload);
  return parsed.success ? parsed.output : undefined;
}

/** Image types by the start of their base64. SVG is excluded on purpose: it can contain scripts. */
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
