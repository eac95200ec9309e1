import type { Fields } from '../apply-transform.ts';
import type { Environment } from '../environment.ts';
import { type PictureTextDialect, pictureTextOf } from '../picture-text.ts';
import { qrImageBase64, textOfQrImage } from '../qr-image.ts';
import { qrJpegBase64 } from '../qr-jpeg.ts';
import type { QrCode } from '../seed.ts';
import { type Dialect, QR_CALLS } from './dialect.ts';
import { rewriteRecords } from './json-body.ts';

/** Other texts and forms of the pictures. A picture that a test has put in stays as it is. */
export const PICTURES = {
  'picture-id-in-pa': saying('picture-id-in-pa', "has the id as the local part of the payee's UPI ID"),
  'picture-reference-in-tr': saying(
    'picture-reference-in-tr',
    "has a merchant's reference in tr, not the id",
  ),
  'picture-without-id': saying(
    'picture-without-id',
    'has neither id nor note, so codes of one amount have equal pictures',
  ),
  'picture-emv': saying('picture-emv', 'is a BharatQR (EMV) text'),
  'pictures-as-jpeg': {
    description: 'The pictures are JPEGs',
    on: QR_CALLS,
    start: () => rewriteRecords(asJpeg),
  },
  'lists-without-pictures': {
    description: 'The records of a search have no qrCodeBase64; other records have one',
    on: ['search'],
    start: () => rewriteRecords(withoutPicture),
  },
  'records-without-pictures': {
    description: 'No record has a qrCodeBase64',
    on: QR_CALLS,
    start: () => rewriteRecords(withoutPicture),
  },
} as const satisfies Record<string, Dialect>;

function saying(name: PictureTextDialect, what: string): Dialect {
  return {
    description: `The text of each picture ${what}`,
    on: QR_CALLS,
    start: () => rewriteRecords((record, call) => redrawn(record, call.environment, name)),
  };
}

function redrawn(record: Fields, environment: Environment, name: PictureTextDialect): Fields {
  const code = record as QrCode;
  const { qrCodeBase64: image } = code;
  if (typeof image !== 'string' || textOfQrImage(image) !== pictureTextOf(code, environment)) return record;
  const text = pictureTextOf(code, environment, [name]);
  return { ...record, qrCodeBase64: prefixOf(image) + qrImageBase64(text) };
}

function asJpeg(record: Fields): Fields {
  const { qrCodeBase64: image } = record;
  const text = typeof image === 'string' ? textOfQrImage(image) : undefined;
  if (text === undefined) return record;
  const prefix = prefixOf(String(image)).replace('image/png', 'image/jpeg');
  return { ...record, qrCodeBase64: prefix + qrJpegBase64(text) };
}

function withoutPicture({ qrCodeBase64: _, ...record }: Fields): Fields {
  return record;
}

/** The part of a `data:` URL before its data, or nothing. */
function prefixOf(image: string): string {
  return image.slice(0, image.indexOf(',') + 1);
}
