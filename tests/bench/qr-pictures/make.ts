import type { Pixels } from '../../../utils/qr-picture/pixels.ts';
import { blankPage, type Colour } from '../../support/draw-qr-code.ts';
import { createRandom, type Random } from '../random.ts';
import { addNoise, blur, shade, shadow, throughJpeg } from './distort.ts';
import { type Corners, fill, type Ink, paint, qrSurface, square } from './paint.ts';

/** A picture that bears one QR code with this text. */
export interface QrPicture {
  kind: Kind;
  text: string;
  pixels: Pixels;
}

const WHITE: Colour = [255, 255, 255];
const INK: Ink = { dark: [0, 0, 0], light: WHITE };
const PRINTED: Ink = { dark: [30, 28, 34], light: [235, 232, 226] };

/** Draws a picture of a text; the random numbers choose size and strength. */
type Draw = (text: string, random: Random) => Pixels;

const KINDS = {
  clean: (text, random) => plain(text, random),
  small(text, random) {
    const page = alone(text, between(random, 110, 170), random);
    blur(page, between(random, 0.2, 0.7));
    return page;
  },
  turned: (text, random) => alone(text, sizeOf(random), random, { degrees: between(random, -25, 25) }),
  'turned far': (text, random) => alone(text, sizeOf(random), random, { degrees: between(random, 25, 335) }),
  perspective: (text, random) =>
    alone(text, sizeOf(random, 180), random, { tilt: between(random, 0.05, 0.24) }),
  blur(text, random) {
    const side = sizeOf(random, 160);
    const page = alone(text, side, random, { degrees: between(random, -5, 5) });
    blur(page, between(random, 0.6, 1.5) * (0.4 + side / 400));
    return page;
  },
  noise(text, random) {
    const page = alone(text, sizeOf(random, 160), random, { degrees: between(random, -8, 8) });
    addNoise(page, between(random, 20, 90), random);
    return page;
  },
  'JPEG 25': (text, random) =>
    throughJpeg(alone(text, sizeOf(random), random, { degrees: between(random, -8, 8) }), 25),
  dots: (text, random) =>
    alone(text, sizeOf(random, 160), random, { ink: { dots: between(random, 0.34, 0.5) } }),
  logo: (text, random) => withLogo(text, sizeOf(random, 160), random),
  colours(text, random) {
    const dark: Colour = [between(random, 0, 140), between(random, 0, 90), between(random, 0, 150)];
    const light: Colour = [between(random, 200, 255), between(random, 180, 255), between(random, 170, 255)];
    return alone(text, sizeOf(random), random, { ink: { dark, light }, degrees: between(random, -8, 8) });
  },
  inverted: (text, random) =>
    alone(text, sizeOf(random), random, {
      ink: { dark: WHITE, light: [20, 20, 30] },
      degrees: between(random, -8, 8),
    }),
  shade(text, random) {
    const page = alone(text, sizeOf(random), random, { degrees: between(random, -8, 8) });
    if (random() < 0.5) shade(page, between(random, 0.08, 0.5), random);
    else shadow(page, between(random, 0.15, 0.5), random);
    return page;
  },
  'page screenshot': (text, random) => pageScreenshot(text, random),
  photo: (text, random) => photo(text, random),
  'photo of a screen': (text, random) =>
    throughJpeg(photo(text, random), Math.round(between(random, 25, 60))),
} satisfies Record<string, Draw>;

export type Kind = keyof typeof KINDS;

/** Pictures of each kind in turn, the same ones for the same seed. */
export function makeQrPictures(count: number, seed: number): QrPicture[] {
  const random = createRandom(seed);
  const kinds = Object.keys(KINDS) as Kind[];
  return Array.from({ length: count }, (_, at) => {
    const kind = kinds[at % kinds.length] as Kind;
    const text = upiText(random);
    return { kind, text, pixels: KINDS[kind](text, random) };
  });
}

/** A photo of things without a QR code: blurred blocks, lines and noise. */
export function makePhotoWithoutCode(width: number, height: number, seed: number): Pixels {
  const random = createRandom(seed);
  const page = blankPage(width, height, someColour(random));
  for (let i = 0; i < 400; i += 1)
    fill(
      page,
      random() * width,
      random() * height,
      between(random, 4, 160),
      between(random, 4, 90),
      someColour(random),
    );
  addNoise(page, 14, random);
  blur(page, 0.8);
  return page;
}

/** A payment text of 60 to 180 characters, as banks and payment companies write it. */
function upiText(random: Random): string {
  const length = between(random, 60, 180);
  const payee = `${letters(random, 6, 'abcdefghijklmnopqrstuvwxyz')}@${letters(random, 4, 'abcdehikstxy')}`;
  let text = `upi://pay?pa=${payee}&pn=${letters(random, 5, 'ADEIKLMNOPRSTU')}%20STORES&mc=5411&tr=`;
  text += letters(random, 12, '0123456789ABCDEF');
  const parts = [`&am=${Math.floor(random() * 5000)}.00`, '&cu=INR', '&mode=02', '&purpose=00', '&tn='];
  for (const part of parts) if (text.length + part.length < length) text += part;
  while (text.length < length - 1) text += letters(random, 1, 'abcdefghijkmnopqrstuvwxyz0123456789');
  return text;
}

function letters(random: Random, count: number, alphabet: string): string {
  return Array.from({ length: count }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

/** The picture as a gateway makes it: whole pixels, no distortion. */
function plain(text: string, random: Random): Pixels {
  const side = Math.round(sizeOf(random));
  const page = blankPage(side, side);
  paint(page, square({ x: side / 2, y: side / 2 }, side, 0), qrSurface(text, levelOf(random), INK));
  return page;
}

interface Look {
  degrees?: number;
  /** The deviation of each corner from the square, as a share of its side. */
  tilt?: number;
  ink?: Partial<Ink>;
  level?: 'L' | 'M' | 'Q' | 'H';
}

/** A code of the given side on a page a little larger than it. */
function alone(text: string, side: number, random: Random, look: Look = {}): Pixels {
  const { degrees = 0, level = levelOf(random) } = look;
  const turned =
    Math.abs(Math.sin((degrees * Math.PI) / 180)) + Math.abs(Math.cos((degrees * Math.PI) / 180));
  const size = Math.round(side * turned * between(random, 1, 1.2));
  const page = blankPage(size, size, look.ink?.light ?? WHITE);
  const corners = tilted(square({ x: size / 2, y: size / 2 }, side, degrees), side, random, look.tilt);
  paint(page, corners, qrSurface(text, level, { ...INK, ...look.ink }));
  return page;
}

/** Moves each corner inwards or along by up to a share of the side. */
function tilted(corners: Corners, side: number, random: Random, tilt = 0): Corners {
  const centre = { x: (corners[0].x + corners[2].x) / 2, y: (corners[0].y + corners[2].y) / 2 };
  const [a, b, c, d] = corners.map(({ x, y }) => {
    const inwards = random() * tilt;
    return {
      x: x + (centre.x - x) * inwards * 2 + (random() - 0.5) * tilt * side * 0.4,
      y: y + (centre.y - y) * inwards * 2 + (random() - 0.5) * tilt * side * 0.4,
    };
  });
  return [a, b, c, d] as Corners;
}

function withLogo(text: string, side: number, random: Random): Pixels {
  const page = alone(text, side, random, { level: random() < 0.5 ? 'H' : 'Q' });
  const logo = side * between(random, 0.16, 0.26);
  const start = (page.width - logo) / 2;
  fill(page, start - 3, start - 3, logo + 6, logo + 6, WHITE);
  fill(page, start, start, logo, logo, someColour(random));
  fill(page, start + logo * 0.3, start + logo * 0.2, logo * 0.2, logo * 0.6, WHITE);
  fill(page, start + logo * 0.3, start + logo * 0.6, logo * 0.5, logo * 0.2, someColour(random));
  return page;
}

/** A page of a shop or a mail on a screen, with headings, lines of text, cards and one QR code. */
function pageScreenshot(text: string, random: Random): Pixels {
  const [width, height] = [1280, 720];
  const dark = random() < 0.25;
  const page = blankPage(width, height, dark ? [24, 26, 30] : [250, 250, 252]);
  const ink: Colour = dark ? [220, 220, 225] : [40, 44, 52];
  fill(page, 0, 0, width, 56, someColour(random));
  for (let card = 0; card < 5; card += 1)
    fill(page, random() * width, 80 + random() * 600, 240, 120, someColour(random));
  for (let line = 0; line < 24; line += 1) writeLine(page, 40, 90 + line * 26, random, ink);
  const side = Math.round(between(random, 120, 300));
  const left = Math.round(between(random, 380, width - side - 10));
  const top = Math.round(between(random, 70, height - side - 10));
  fill(page, left - 8, top - 8, side + 16, side + 16, WHITE);
  const centre = { x: left + side / 2, y: top + side / 2 };
  paint(page, square(centre, side, 0), qrSurface(text, levelOf(random), { ...INK, margin: 2 }));
  return page;
}

/** Strokes about as dense as letters. */
function writeLine(page: Pixels, left: number, top: number, random: Random, ink: Colour): void {
  for (let x = left; x < left + 700 * (0.4 + random() * 0.6); x += 2 + Math.floor(random() * 5)) {
    fill(page, x, top + Math.floor(random() * 4), 1 + Math.floor(random() * 2), 4 + random() * 7, ink);
    if (random() < 0.4) fill(page, x, top + 4 + Math.floor(random() * 5), 4, 1, ink);
    if (random() < 0.12) x += 7;
  }
}

/** A printed stand before a camera: a coloured card around the code, perspective, uneven light, blur and noise. */
function photo(text: string, random: Random): Pixels {
  const side = between(random, 160, 480);
  const size = Math.round(side * between(random, 1.3, 1.8));
  const page = blankPage(size, size, someColour(random));
  for (let i = 0; i < 12; i += 1)
    fill(page, random() * size, random() * size, random() * size * 0.4, random() * 60, someColour(random));
  const centre = { x: size / 2 + (random() - 0.5) * 20, y: size / 2 + (random() - 0.5) * 20 };
  const flat = square(centre, side, between(random, -14, 14));
  const corners = tilted(flat, side, random, between(random, 0.02, 0.16));
  paint(page, corners, qrSurface(text, levelOf(random), PRINTED));
  shade(page, between(random, 0.45, 0.9), random);
  if (random() < 0.4) shadow(page, between(random, 0.45, 0.8), random);
  blur(page, between(random, 0.6, 1.9) * (side / 350));
  addNoise(page, between(random, 3, 24), random);
  return page;
}

function sizeOf(random: Random, least = 110): number {
  return between(random, least, 600);
}

function levelOf(random: Random): 'L' | 'M' | 'Q' {
  const drawn = random();
  return drawn < 0.3 ? 'L' : drawn < 0.85 ? 'M' : 'Q';
}

function someColour(random: Random): Colour {
  return [between(random, 20, 240), between(random, 20, 240), between(random, 20, 240)];
}

function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least);
}
