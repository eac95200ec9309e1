import { type Context, Hono } from 'hono';
import type { DialectRegistry } from '../dialect-registry.ts';
import { MERCHANTS } from '../merchants.ts';
import { pictureTextOf, upiText } from '../picture-text.ts';
import type { QrCodeStore } from '../qr-code-store.ts';
import { qrImageBase64 } from '../qr-image.ts';
import { qrJpegBase64 } from '../qr-jpeg.ts';
import { pdfWithQrCode } from './pdf.ts';

/** The parts of the sandbox from which the pages take their codes. */
interface Shown {
  qrCodes: QrCodeStore;
  dialects: DialectRegistry;
}

/** Codes that are not in the account: a sticker over the merchant's own, another merchant's, and a web address. */
export const OTHER_TEXTS = {
  forged: upiText({
    upiId: 'saffronlane.pay@otherbank',
    payee: 'Saffron Lane Retails',
    categoryCode: MERCHANTS.UAT.categoryCode,
  }),
  foreign: upiText({ upiId: 'chai.corner@otherbank', payee: 'Chai Corner', categoryCode: '5814' }),
  address: 'https://example.in/menu?table=7',
} as const;

const DEFAULT_COUNT = 3;

/**
 * Pages with pictures of QR codes, for people and for browser tests. Their codes are named in the query, each by
 * `text=TEXT`, `code=ID` (a UAT code, whose text follows the active dialects) or `other=forged|foreign|address`; without a
 * query they are the first three active UAT codes. A page that shows one code shows the first. Its element has the id
 * `code`, or `code-1` to `code-3`.
 */
export function picturePages(shown: Shown): Hono {
  const app = new Hono();
  const textsOf = (context: Context) => readTexts(new URL(context.req.url).searchParams, shown);
  const png = (context: Context) => Buffer.from(qrImageBase64(textsOf(context)[0] ?? ''), 'base64');
  const jpeg = (context: Context) => Buffer.from(qrJpegBase64(textsOf(context)[0] ?? ''), 'base64');
  app.get('/image.png', (context) => binary(context, 'image/png', png(context)));
  app.get('/image.jpg', (context) => binary(context, 'image/jpeg', jpeg(context)));
  app.get('/code.pdf', (context) =>
    binary(context, 'application/pdf', pdfWithQrCode(textsOf(context)[0] ?? '', 'Invoice')),
  );
  app.get('/:page', (context) => {
    const name = context.req.param('page');
    const body = Object.hasOwn(PAGES, name) ? PAGES[name as keyof typeof PAGES] : undefined;
    if (body === undefined) return context.text(`Pages: ${Object.keys(PAGES).join(', ')}\n`, 404);
    const images = textsOf(context).map((text) => `/pictures/image.png?text=${queryValue(text)}`);
    return context.html(pageOf(name, body(images, new URL(context.req.url))));
  });
  return app;
}

/** The pages' bodies, from the addresses of their images and the page's own address. */
const PAGES = {
  /** Codes side by side. */
  three: (images) =>
    `<p>${images.map((image, index) => img(image, `code-${index + 1}`, 180)).join('\n')}</p>`,
  /** A code in a frame of another site: the same server under its other host name. */
  frame: ([image = ''], { hostname, port }) => {
    const other = hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    const query = image.slice(image.indexOf('?'));
    const source = `https://${other}:${port}/pictures/zoom${query}`;
    return `<iframe id="frame" src="${source}" width="600" height="500" style="margin: 40px 90px"></iframe>`;
  },
  /** A code as a CSS background, smaller than its element. */
  background: ([image = '']) =>
    `<div id="code" style="width: 420px; height: 300px; margin: 50px 70px; border: 1px solid;
      background: #fff url('${image}') no-repeat center / 220px">Scan here</div>`,
  /**
   * A code away from the page's corner, at a size that is no multiple of its pixels, on a page that scrolls. `side=PIXELS`
   * sets another size.
   */
  zoom: ([image = ''], { searchParams }) => {
    const side = Number(searchParams.get('side')) || 337;
    return `<div style="padding: 67px 0 3000px 123px">${img(image, 'code', side)}<p>Counter 1</p></div>`;
  },
  /** The same code at two sizes, then another one. */
  twice: ([image = '', other = '']) =>
    `<p>${img(image, 'code-1', 220)}\n${img(image, 'code-2', 160)}\n${img(other, 'code-3', 220)}</p>`,
  /** A code inside a box that scrolls and shows only its upper half at first. */
  scrolled: ([image = '']) =>
    `<div id="box" style="width: 320px; height: 150px; margin: 40px; overflow: auto">${img(image, 'code', 240)}</div>`,
  /** A code drawn on a canvas. */
  canvas: ([image = '']) =>
    `<canvas id="code" width="240" height="240" style="margin: 60px"></canvas>
    <script>
      const image = new Image();
      image.onload = () => {
        document.querySelector('canvas').getContext('2d').drawImage(image, 0, 0, 240, 240);
        document.body.dataset.drawn = 'true';
      };
      image.src = '${image}';
    </script>`,
} as const satisfies Record<string, (images: string[], address: URL) => string>;

function readTexts(query: URLSearchParams, { qrCodes, dialects }: Shown): string[] {
  const names = dialects.list().map(({ name }) => name);
  const asked = [...query].flatMap(([name, value]) => {
    if (name === 'text') return value;
    if (name === 'other' && Object.hasOwn(OTHER_TEXTS, value))
      return OTHER_TEXTS[value as keyof typeof OTHER_TEXTS];
    const code = name === 'code' ? qrCodes.get('UAT', value) : undefined;
    return code === undefined ? [] : pictureTextOf(code, 'UAT', names);
  });
  if (asked.length > 0) return asked;
  const active = qrCodes.all('UAT').filter(({ status }) => status === 'ACTIVE');
  return active.slice(0, DEFAULT_COUNT).map((code) => pictureTextOf(code, 'UAT', names));
}

/** Encodes the apostrophe too, because the addresses stand between apostrophes in CSS and scripts. */
function queryValue(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27');
}

function img(source: string, id: string, side: number): string {
  return `<img id="${id}" src="${source}" alt="QR code" width="${side}" height="${side}">`;
}

function pageOf(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
<body>${body}</body></html>`;
}

function binary(context: Context, type: string, bytes: Buffer): Response {
  return context.body(new Uint8Array(bytes), 200, { 'content-type': type });
}
