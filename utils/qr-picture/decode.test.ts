import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paint, qrSurface } from '../../tests/bench/qr-pictures/paint.ts';
import { blankPage, drawQrCode, qrPicture } from '../../tests/support/draw-qr-code.ts';
import { decodeQrCode, decodeQrCodes } from './decode.ts';
import type { Pixels } from './pixels.ts';
import type { Corners } from './places.ts';

const upiText = fc
  .record({
    payee: fc.stringMatching(/^[a-z]{3,12}@[a-z]{3,6}$/),
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    reference: fc.stringMatching(/^[A-Z0-9]{6,24}$/),
  })
  .map(
    ({ payee, name, reference }) => `upi://pay?pa=${payee}&pn=${encodeURIComponent(name)}&tr=${reference}`,
  );
const anyText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => text.isWellFormed() && !text.includes('\ufffd'));

/** Pixels of independent random shades. */
function noise(width: number, height: number, seed: number): Pixels {
  const page = blankPage(width, height);
  let state = seed;
  for (let at = 0; at < page.data.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    page.data.fill(state >>> 24, at, at + 3);
  }
  return page;
}

describe('a picture of one QR code', () => {
  it('gives its text at any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(upiText, anyText), fc.integer({ min: 0, max: 400 }), async (text, more) => {
        const picture = qrPicture(text, 220 + more);
        expect(await decodeQrCode(picture)).toBe(text);
        expect((await decodeQrCodes(picture)).map((code) => code.text)).toEqual([text]);
      }),
      { numRuns: 12 },
    );
  });

  it('gives its text if the light pixels are transparent', async () => {
    const picture = qrPicture('upi://pay?pa=shop@bank&tr=1', 200);
    for (let at = 0; at < picture.data.length; at += 4)
      if (picture.data[at] === 255) picture.data.fill(0, at, at + 4);
    expect(await decodeQrCode(picture)).toBe('upi://pay?pa=shop@bank&tr=1');
  });
});

describe('a QR code seen from an angle', () => {
  const text =
    'upi://pay?pa=shop@bank&pn=Shop&tr=RZP0123456789qrv2&am=500.00&cu=INR&tn=counter%20four%20of%20the%20market%20hall';

  // No size of the upright picture is read: the library misses the finder patterns.
  it.each([
    [
      [83, 39],
      [284, 39],
      [255, 218],
      [71, 230],
    ],
    [
      [94, 41],
      [279, 93],
      [265, 240],
      [82, 202],
    ],
    [
      [50, 17],
      [259, 99],
      [201, 215],
      [21, 274],
    ],
  ] as const)(
    'is read from a turned view, with its corners in the picture: %j %j %j %j',
    async (...places) => {
      const corners = places.map(([x, y]) => ({ x, y })) as unknown as Corners;
      const page = blankPage(300, 300);
      paint(page, corners, qrSurface(text, 'M', { dark: [0, 0, 0], light: [255, 255, 255], margin: 0 }));
      const [code] = await decodeQrCodes(page);
      expect(code?.text).toBe(text);
      expect(await decodeQrCode(page)).toBe(text);
      for (const [at, { x, y }] of corners.entries())
        expect(Math.hypot((code?.corners[at]?.x ?? 0) - x, (code?.corners[at]?.y ?? 0) - y)).toBeLessThan(4);
    },
  );
});

describe('a page with several QR codes', () => {
  it('gives every code in reading order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(upiText, fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 25 })), {
          minLength: 1,
          maxLength: 6,
        }),
        async (codes) => {
          const page = blankPage(700, 470);
          for (const [at, [text, right, down]] of codes.entries())
            drawQrCode(page, {
              text,
              left: (at % 3) * 225 + right,
              top: Math.floor(at / 3) * 230 + down,
              side: 195,
            });
          expect((await decodeQrCodes(page)).map(({ text }) => text)).toEqual(codes.map(([text]) => text));
        },
      ),
      { numRuns: 5 },
    );
  });

  it('gives two codes for one text at two places, each with its corners', async () => {
    const page = blankPage(640, 320);
    drawQrCode(page, { text: 'upi://pay?pa=shop@bank', left: 20, top: 30, side: 264 });
    drawQrCode(page, { text: 'upi://pay?pa=shop@bank', left: 340, top: 20, side: 264 });
    const codes = await decodeQrCodes(page);
    expect(codes.map(({ text }) => text)).toEqual(['upi://pay?pa=shop@bank', 'upi://pay?pa=shop@bank']);
    const module = 264 / 33;
    const corners = (left: number, top: number) => [
      { x: left + 4 * module, y: top + 4 * module },
      { x: left + 29 * module, y: top + 4 * module },
      { x: left + 29 * module, y: top + 29 * module },
      { x: left + 4 * module, y: top + 29 * module },
    ];
    for (const [code, expected] of [
      [codes[0], corners(20, 30)],
      [codes[1], corners(340, 20)],
    ] as const)
      for (const [at, { x, y }] of expected.entries()) {
        expect(Math.abs((code?.corners[at]?.x ?? 0) - x)).toBeLessThan(4);
        expect(Math.abs((code?.corners[at]?.y ?? 0) - y)).toBeLessThan(4);
      }
  });

  it('gives no more than asked for', async () => {
    const page = blankPage(640, 320);
    drawQrCode(page, { text: 'one', left: 20, top: 20, side: 264 });
    drawQrCode(page, { text: 'two', left: 340, top: 20, side: 264 });
    expect(await decodeQrCodes(page, { most: 1 })).toHaveLength(1);
  });
});

describe('a picture without a readable QR code', () => {
  it('gives nothing for noise', async () => {
    for (let seed = 1; seed <= 4; seed += 1) expect(await decodeQrCodes(noise(240, 180, seed))).toEqual([]);
  });

  it('gives nothing if a part of the code is missing that its error correction does not cover', async () => {
    const picture = qrPicture('upi://pay?pa=shop@bank&pn=Shop&tr=0123456789ABCDEF', 300, 'L');
    for (let y = 120; y < 200; y += 1) picture.data.fill(255, (y * 300 + 60) * 4, (y * 300 + 300) * 4);
    expect(await decodeQrCode(picture)).toBeUndefined();
  });

  it('gives nothing if the bytes of the code are no text', async () => {
    const bytes = Uint8Array.from([0x75, 0x70, 0x69, 0xe9, 0x31, 0xff]);
    expect(await decodeQrCodes(qrPicture([{ data: bytes, mode: 'byte' }], 200))).toEqual([]);
    const digits = new TextEncoder().encode('\u0967\u0968');
    const [code] = await decodeQrCodes(qrPicture([{ data: digits, mode: 'byte' }], 200));
    expect(code?.text).toBe('\u0967\u0968');
  });

  it('gives nothing for a picture of one pixel', async () => {
    expect(await decodeQrCodes(blankPage(1, 1))).toEqual([]);
  });
});

describe('a search that is stopped', () => {
  it('rejects with the reason', async () => {
    const stopped = AbortSignal.abort(new Error('left the page'));
    await expect(decodeQrCodes(noise(50, 50, 1), { signal: stopped })).rejects.toThrow('left the page');
    await expect(decodeQrCode(noise(50, 50, 1), stopped)).rejects.toThrow('left the page');
  });

  it('lets other tasks run meanwhile, and ends between two searches', async () => {
    const controller = new AbortController();
    const search = decodeQrCodes(noise(600, 400, 1), { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('stopped')));
    await expect(search).rejects.toThrow('stopped');
  });
});

describe('a picture with a side longer than the library takes', () => {
  it.each([
    ['a wide screen', 5_120, 1_440, 160],
    ['a long screenshot', 700, 4_500, 280],
    ['a picture whose enlarged view has such a side', 300, 2_600, 200],
  ])('is read: %s', async (_, width, height, side) => {
    const page = blankPage(width, height);
    drawQrCode(page, {
      text: 'upi://pay?pa=shop@upi',
      left: width - side - 20,
      top: height - side - 20,
      side,
    });
    expect((await decodeQrCodes(page)).map(({ text }) => text)).toEqual(['upi://pay?pa=shop@upi']);
  });

  it.each([
    [1, 1],
    [5_000, 1],
    [2, 5_000],
  ])('or none at all has no code: %d × %d', async (width, height) => {
    expect(await decodeQrCodes(blankPage(width, height))).toEqual([]);
    expect(await decodeQrCode(blankPage(width, height))).toBeUndefined();
  });
});
