import type { FinderPoints } from 'qr/decode.js';
import { systemClock } from '../lib/clock.ts';
import { type Luma, lumaOf, resized, turned, turnedBack } from './luma.ts';
import type { Pixels, Point } from './pixels.ts';
import { type Corners, inReadingOrder, isSamePlace } from './places.ts';

/** A QR code in a picture. */
export interface DecodedQrCode {
  text: string;
  corners: Corners;
}

/** A larger picture is made smaller first. This is a screen of 3840 × 2160; small codes on it need every pixel. */
const MOST_PIXELS = 8_300_000;
/** The library refuses longer sides. */
const MOST_SIDE = 4_096;
/** Enlarged and turned views have no more pixels, because a search of more takes too long. */
const MOST_VIEW_PIXELS = 5_000_000;

/** The picture as it is searched once. */
interface View {
  factor: number;
  /** Degrees that it is turned, clockwise. */
  turn?: number;
}

/**
 * The views of a picture, in order. The library finds a code by lines across its three finder patterns. It needs some
 * pixels a module, and misses the patterns at some angles and under perspective. Sizes and angles were chosen by measurement: of
 * the pictures made by script that it misses as they are, these views read nine in ten.
 */
const VIEWS: readonly View[] = [
  { factor: 1 },
  { factor: 2 },
  { factor: 0.5 },
  { factor: 1.35, turn: 75 },
  { factor: 1, turn: 30 },
  { factor: 1.5 },
  { factor: 1.5, turn: 60 },
  { factor: 0.7, turn: 30 },
  { factor: 3 },
];
/**
 * The combinations of finder patterns that the library may try in one search. It counts tries, not time, so that the
 * result does not depend on the speed of the machine.
 */
const EFFORT = 16;

/**
 * All QR codes of a picture, in reading order: rows from top to bottom, in a row from left to right. Each place counts
 * once; the same text at two places is two codes. Returns what can be read completely, and nothing of the rest.
 * Rejects with the signal's reason if it aborts. Between two searches other tasks of the page run.
 */
export async function decodeQrCodes(
  pixels: Pixels,
  { signal, most = Number.POSITIVE_INFINITY }: { signal?: AbortSignal; most?: number } = {},
): Promise<DecodedQrCode[]> {
  const found: DecodedQrCode[] = [];
  for await (const codes of searches(pixels, signal)) {
    for (const code of codes)
      if (!found.some((other) => isSamePlace(other.corners, code.corners))) found.push(code);
    if (found.length >= most) break;
  }
  return inReadingOrder(found).slice(0, most);
}

/**
 * The text of the QR code of a picture that is known to bear one code. Undefined if there is none that can be read
 * completely. Rejects with the signal's reason if it aborts.
 */
export async function decodeQrCode(pixels: Pixels, signal?: AbortSignal): Promise<string | undefined> {
  for await (const [code] of searches(pixels, signal)) if (code) return code.text;
  return undefined;
}

/** The codes found by each search of the picture, the quickest search first. */
async function* searches(pixels: Pixels, signal?: AbortSignal): AsyncGenerator<DecodedQrCode[]> {
  const luma = lumaOf(pixels);
  for (const [at, { factor, turn = 0 }] of viewsOf(pixels).entries()) {
    if (at > 0) await systemClock.sleep(0);
    signal?.throwIfAborted();
    yield await search(luma, factor, turn);
  }
  signal?.throwIfAborted();
}

/** The views of a picture of a size. A large one is not enlarged, and turned only at a smaller size. */
function viewsOf({ width, height }: Pixels): View[] {
  const area = width * height;
  const mostUpright = MOST_SIDE / Math.max(width, height);
  const fit = Math.min(1, Math.sqrt(MOST_PIXELS / area), mostUpright);
  // A square that is turned by 45° needs twice the area. No side of a turned picture is longer than its diagonal.
  const mostTurned = Math.min(
    Math.sqrt(MOST_VIEW_PIXELS / 2 / area),
    (MOST_SIDE - 1) / Math.hypot(width, height),
  );
  const views = VIEWS.map(({ factor, turn = 0 }) => ({
    factor: Math.min(factor * fit, turn === 0 ? mostUpright : mostTurned),
    turn,
  }));
  return views.filter(
    ({ factor, turn }, at) =>
      (factor <= fit || area * factor ** 2 <= MOST_VIEW_PIXELS) &&
      views.findIndex((other) => other.factor === factor && other.turn === turn) === at,
  );
}

async function search(luma: Luma, factor: number, turn: number): Promise<DecodedQrCode[]> {
  const { decodeQRBatch } = await import('qr/decode.js');
  const upright = factor === 1 ? luma : resized(luma, factor);
  const image = turn === 0 ? upright : turned(upright, turn);
  // To make a large view takes some 50 ms, and the search itself lets other tasks run every 8 ms.
  if (image !== luma) await systemClock.sleep(0);
  const found: DecodedQrCode[] = [];
  const inPicture = ({ x, y }: Point): Point => {
    const point = turnedBack({ x: x + 0.5, y: y + 0.5 }, image, upright, turn);
    return { x: (point.x * luma.width) / upright.width, y: (point.y * luma.height) / upright.height };
  };
  await decodeQRBatch([image], {
    // The library takes one byte a pixel only as the first plane of a video frame, and ignores the missing colours.
    format: 'I420',
    maxSize: { width: image.width, height: image.height },
    effort: EFFORT,
    timeLimit: Number.POSITIVE_INFINITY,
    pointsOnDetect({ bounds: [a, b, c, d] }: FinderPoints, text) {
      if (typeof text !== 'string' || !isWhole(text)) return;
      found.push({ text, corners: [inPicture(a), inPicture(b), inPicture(c), inPicture(d)] });
    },
  });
  return found;
}

/** Whether every byte of the symbol became a character: the decoder of bytes replaces the malformed ones by U+FFFD. */
function isWhole(text: string): boolean {
  return text !== '' && !text.includes('\ufffd');
}
