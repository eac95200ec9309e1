/** The part of `ImageData` that a decoder needs: four bytes a pixel, red, green, blue and opacity. */
type Picture = Pick<ImageData, 'width' | 'height'> & { data: Uint8ClampedArray };

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A picture with more pixels is drawn smaller: this is a screen of 3840 × 2160, and takes 33 MB of memory. */
const MOST_PIXELS = 8_300_000;

/**
 * The pixels of a picture file, on white, turned as its camera says. A picture with more than `maxPixels` is made
 * smaller. Rejects if the browser cannot decode the file.
 */
export async function pixelsOfBlob(blob: Blob, maxPixels = MOST_PIXELS): Promise<Picture> {
  const bitmap = await createImageBitmap(blob);
  try {
    const factor = Math.min(1, Math.sqrt(maxPixels / (bitmap.width * bitmap.height)));
    const width = Math.max(1, Math.floor(bitmap.width * factor));
    const height = Math.max(1, Math.floor(bitmap.height * factor));
    return drawn(bitmap, { x: 0, y: 0, width: bitmap.width, height: bitmap.height }, width, height).pixels();
  } finally {
    bitmap.close();
  }
}

/**
 * The pixels of a picture in a `data:` URL of base64. It is decoded here, because the extension's content security policy
 * lets no page fetch such a URL. Rejects if it is none, or the browser cannot decode the picture.
 */
export async function pixelsOfDataUrl(dataUrl: string, maxPixels = MOST_PIXELS): Promise<Picture> {
  const [, type = '', base64 = ''] = /^data:([^;,]*)(?:;[^,]*)?;base64,(.*)$/is.exec(dataUrl) ?? [];
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return pixelsOfBlob(new Blob([bytes], { type }), maxPixels);
}

/** A rectangle of a picture as a small PNG in a `data:` URL, its longer side at most `maxSide` pixels. */
export async function cropToDataUrl(pixels: Picture, rectangle: Rectangle, maxSide: number): Promise<string> {
  const left = Math.min(Math.max(Math.floor(rectangle.x), 0), pixels.width - 1);
  const top = Math.min(Math.max(Math.floor(rectangle.y), 0), pixels.height - 1);
  const right = Math.min(Math.max(Math.ceil(rectangle.x + rectangle.width), left + 1), pixels.width);
  const bottom = Math.min(Math.max(Math.ceil(rectangle.y + rectangle.height), top + 1), pixels.height);
  const [width, height] = [right - left, bottom - top];
  const whole = new OffscreenCanvas(pixels.width, pixels.height);
  const image = new ImageData(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height);
  contextOf(whole).putImageData(image, 0, 0);
  const factor = Math.min(1, maxSide / Math.max(width, height));
  const small = drawn(
    whole,
    { x: left, y: top, width, height },
    Math.max(1, Math.round(width * factor)),
    Math.max(1, Math.round(height * factor)),
  );
  const bytes = new Uint8Array(await (await small.canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}

/** Draws a part of a picture on white at a size. */
function drawn(source: CanvasImageSource, from: Rectangle, width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, from.x, from.y, from.width, from.height, 0, 0, width, height);
  return { canvas, pixels: () => context.getImageData(0, 0, width, height) };
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser offers no canvas');
  return context;
}
