import { beforeEach, describe, expect, it, vi } from 'vitest';
import { drawQrCode, qrPicture } from '../../tests/support/draw-qr-code.ts';
import { captureTab, isInFront, locateImage } from '../browser/capture-tab.ts';
import type { Area, ImageAreas } from '../browser/image-areas.ts';
import { pixelsOfDataUrl } from '../browser/picture-pixels.ts';
import type { Pixels } from '../qr-picture/pixels.ts';
import { readPage } from './read-page.ts';

vi.mock(import('../browser/capture-tab.ts'), () => ({
  captureTab: vi.fn(),
  isInFront: vi.fn(),
  locateImage: vi.fn(),
}));
vi.mock(import('../browser/picture-pixels.ts'), () => ({
  pixelsOfDataUrl: vi.fn(),
  cropToDataUrl: async () => 'data:image/png;base64,',
}));

const IMAGE = { tabId: 1, windowId: 2, frameId: 0, frameKey: null, imageKey: '9:1' };
const ALL_OF_IT: Area = { x: 0, y: 0, width: 400, height: 400 };
const PICTURES: Readonly<Record<string, Pixels>> = {
  capture: pageWith('captured'),
  own: qrPicture('own', 200),
};

function pageWith(text: string): Pixels {
  const page = { width: 800, height: 600, data: new Uint8ClampedArray(800 * 600 * 4).fill(255) };
  drawQrCode(page, { text, left: 100, top: 100, side: 200 });
  return page;
}

function viewWith(change: Partial<ImageAreas> = {}) {
  const viewport = { width: 800, height: 600, scale: 1, left: 0, top: 0 };
  const view: ImageAreas = { viewport, frames: [], ...change };
  return { top: view, frame: view };
}

beforeEach(() => {
  vi.mocked(captureTab).mockReset().mockResolvedValue('capture');
  vi.mocked(isInFront).mockReset().mockResolvedValue(true);
  vi.mocked(locateImage)
    .mockReset()
    .mockResolvedValue(viewWith({ areas: [ALL_OF_IT], ownPixels: 'own' }));
  vi.mocked(pixelsOfDataUrl).mockImplementation(async (url) => PICTURES[url] as ImageData);
});

const read = async (image: typeof IMAGE | undefined = IMAGE) => {
  const reading = await readPage({ image }, new AbortController().signal);
  return reading.kind === 'read'
    ? { texts: reading.codes.map(({ text }) => text), isPartly: reading.isPartly }
    : reading.kind;
};

describe('an image of a page', () => {
  it('is read from the captured page', async () => {
    expect(await read()).toEqual({ texts: ['captured'], isPartly: false });
    expect(vi.mocked(captureTab)).toHaveBeenCalledExactlyOnceWith(2);
  });

  it('is read by its own pixels if the capture shows no code there', async () => {
    const area = { x: 500, y: 300, width: 200, height: 400 };
    vi.mocked(locateImage).mockResolvedValue(viewWith({ areas: [area], ownPixels: 'own' }));
    expect(await read()).toEqual({ texts: ['own'], isPartly: true });
  });

  it('is read by its own pixels if the page can not be captured', async () => {
    vi.mocked(captureTab).mockResolvedValue(undefined);
    expect(await read()).toEqual({ texts: ['own'], isPartly: false });
    vi.mocked(locateImage).mockResolvedValue({ top: undefined, frame: undefined });
    expect(await read()).toBe('not-captured');
  });

  it('is out of view, and its page is not captured, if another page is in front', async () => {
    vi.mocked(isInFront).mockResolvedValue(false);
    expect(await read()).toEqual({ texts: [], isPartly: true });
    expect(vi.mocked(captureTab)).not.toHaveBeenCalled();
  });

  it('is out of view if another page came to the front during the capture', async () => {
    vi.mocked(isInFront).mockResolvedValueOnce(true).mockResolvedValueOnce(false);
    expect(await read()).toEqual({ texts: [], isPartly: true });
  });
});

it('reads the whole page if the operator asked for the page', async () => {
  expect(await readPage({}, new AbortController().signal)).toMatchObject({
    kind: 'read',
    codes: [{ text: 'captured' }],
    isPartly: false,
  });
  expect(vi.mocked(isInFront)).not.toHaveBeenCalled();
});
