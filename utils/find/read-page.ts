import {
  captureTab,
  type ImageOnPage,
  isInFront,
  locateImage,
  type PageWithImage,
} from '../browser/capture-tab.ts';
import { cropToDataUrl, pixelsOfDataUrl } from '../browser/picture-pixels.ts';
import { type DecodedQrCode, decodeQrCodes } from '../qr-picture/decode.ts';
import { cropped, type Pixels, type Rectangle } from '../qr-picture/pixels.ts';
import { areasInCapture, type CapturedArea, withMargin } from './areas-in-capture.ts';

/** A QR code in a picture, with a small picture of it. */
export interface SeenQrCode {
  text: string;
  /** A PNG as a `data:` URL. */
  image: string;
}

/** The QR codes on a page or in an image of it, as they stand there from top to bottom. */
export type PageReading =
  /** `isPartly`: the image was not wholly in view, so that a code in it may be missing. */
  | { kind: 'read'; codes: SeenQrCode[]; isPartly: boolean }
  /** The browser does not let extensions see this page. */
  | { kind: 'not-captured' };

/** A screen of 4K; a larger capture is made smaller. */
const MAX_CAPTURE_PIXELS = 8_500_000;
/** Longer side of the small pictures, in pixels. */
const MAX_PREVIEW_SIDE = 160;

/**
 * Reads the QR codes in the visible part of a page. With an image of the page, reads only that image: what is visible of it,
 * and its own pixels if that shows no code. Nothing is stored, and no request is sent.
 */
export async function readPage(
  { image, windowId }: { image?: ImageOnPage | undefined; windowId?: number | undefined },
  signal: AbortSignal,
): Promise<PageReading> {
  // In this order: the picture shows the page at the moment of the click.
  const wasInFront = !image || (await isInFront(image));
  const capture = wasInFront ? await captureTab(image?.windowId ?? windowId) : undefined;
  // A popup that opens late, or over another page, would show a code that is not on the page in front.
  if (image && !(wasInFront && (await isInFront(image)))) return { kind: 'read', codes: [], isPartly: true };
  const page = image && (await locateImage(image));
  const pixels = capture === undefined ? undefined : await pixelsOfDataUrl(capture, MAX_CAPTURE_PIXELS);
  const areas = page && pixels && areasOf(page, pixels);
  let codes: SeenQrCode[] = [];
  if (pixels && areas) codes = await readAreas(pixels, areas, signal);
  else if (pixels && !page?.frame?.ownPixels)
    codes = await seenIn(pixels, await decodeQrCodes(pixels, { signal }));
  const ownPixels = page?.frame?.ownPixels;
  if (codes.length === 0 && ownPixels !== undefined) {
    const own = await pixelsOfDataUrl(ownPixels);
    codes = await seenIn(own, await decodeQrCodes(own, { signal }));
  }
  if (codes.length === 0 && !pixels) return { kind: 'not-captured' };
  return { kind: 'read', codes, isPartly: areas !== undefined && !isInView(areas) };
}

function isInView(areas: readonly CapturedArea[]): boolean {
  return areas.length > 0 && areas.every(({ isWhole }) => isWhole);
}

/** The places to look at; `undefined` for the whole picture. An image that is wholly out of view has none. */
function areasOf({ top, frame }: PageWithImage, pixels: Pixels) {
  if (!top) return undefined;
  if (frame?.areas && frame.areas.length > 0) return areasInCapture(frame.areas, top, pixels);
  return top.frames.length > 0 ? areasInCapture(top.frames, top, pixels) : undefined;
}

async function readAreas(pixels: Pixels, areas: readonly Rectangle[], signal: AbortSignal) {
  const codes: SeenQrCode[] = [];
  for (const area of areas) {
    const outer = withMargin(area);
    const part = cropped(pixels, outer);
    const [left, top] = [Math.max(0, Math.floor(outer.x)), Math.max(0, Math.floor(outer.y))];
    const inside = (await decodeQrCodes(part, { signal })).filter((code) => {
      const { x, y } = middleOf(code);
      return isInside({ x: x + left, y: y + top }, area);
    });
    codes.push(...(await seenIn(part, inside)));
  }
  return withoutRepeats(codes);
}

/** Several equal images on a page show the same code. */
function withoutRepeats(codes: readonly SeenQrCode[]): SeenQrCode[] {
  return codes.filter(({ text }, at) => codes.findIndex((other) => other.text === text) === at);
}

function seenIn(pixels: Pixels, codes: readonly DecodedQrCode[]): Promise<SeenQrCode[]> {
  return Promise.all(
    codes.map(async (code) => ({
      text: code.text,
      image: await cropToDataUrl(pixels, withMargin(boundsOf(code)), MAX_PREVIEW_SIDE),
    })),
  );
}

/** Reads the QR codes of a picture file. Rejects if the browser can't decode the file. */
export async function readPicture(pixels: Pixels, signal: AbortSignal): Promise<SeenQrCode[]> {
  return seenIn(pixels, await decodeQrCodes(pixels, { signal }));
}

function boundsOf({ corners }: DecodedQrCode): Rectangle {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function middleOf(code: DecodedQrCode) {
  const { x, y, width, height } = boundsOf(code);
  return { x: x + width / 2, y: y + height / 2 };
}

function isInside({ x, y }: { x: number; y: number }, area: Rectangle): boolean {
  return x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height;
}
