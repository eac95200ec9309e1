import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestClient } from '../../tests/fixtures/sandbox-client.ts';
import { readQrPicture } from '../../tests/support/read-qr-picture.ts';
import { pictureTextOf } from '../picture-text.ts';
import { qrModules } from '../qr-image.ts';
import type { QrCode } from '../seed.ts';
import { type Sandbox, startSandbox } from '../server.ts';
import { OTHER_TEXTS } from './picture-pages.ts';

let sandbox: Sandbox;
let client: TestClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = new TestClient(sandbox, 'HTTP/2');
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

const pageOf = async (path: string) => (await client.send('GET', path)).text;

async function bytesOf(path: string): Promise<Uint8Array> {
  const { body } = await client.open('GET', path);
  return new Uint8Array(await body.arrayBuffer());
}

/** The texts in the pictures of a page, in its order. */
async function textsIn(html: string): Promise<string[]> {
  const images = [...html.matchAll(/\/pictures\/image\.png\?[^"']+/g)].map(([address]) => address);
  const read = await Promise.all(
    images.map(async (address) => readQrPicture(await bytesOf(address.replaceAll('&#38;', '&')))),
  );
  return read.flat();
}

const firstTexts = (count: number) =>
  sandbox.qrCodes
    .all('UAT')
    .filter(({ status }) => status === 'ACTIVE')
    .slice(0, count)
    .map((code) => pictureTextOf(code, 'UAT'));

it.each([
  ['three', 3],
  ['background', 1],
  ['zoom', 1],
  ['scrolled', 1],
  ['canvas', 1],
])('/pictures/%s shows active codes of the account, or the codes in its query', async (name, count) => {
  const html = await pageOf(`/pictures/${name}`);
  expect(html).toContain(count === 1 ? 'id="code"' : `id="code-${count}"`);
  expect(await textsIn(html)).toEqual(firstTexts(count));
  const text = "upi://pay?pa=it's@sandbox&pn=A (B)";
  expect(await textsIn(await pageOf(`/pictures/${name}?text=${encodeURIComponent(text)}`))).toEqual([text]);
});

it('/pictures/zoom has the size in its query', async () => {
  expect(await pageOf('/pictures/zoom')).toContain('width="337"');
  expect(await pageOf('/pictures/zoom?side=150')).toContain('width="150" height="150"');
});

it('/pictures/twice shows one code at two sizes, and another one', async () => {
  const [first, second] = firstTexts(2);
  expect(await textsIn(await pageOf('/pictures/twice'))).toEqual([first, first, second]);
});

it('/pictures/frame shows the page of the same code on the other host name', async () => {
  const id = String(sandbox.qrCodes.all('UAT')[5]?.qrCodeId);
  const html = await pageOf(`/pictures/frame?code=${id}`);
  const [, origin, path = ''] = /<iframe [^>]*src="(https:\/\/[^/]+)([^"]+)"/.exec(html) ?? [];
  expect(origin).toBe(`https://localhost:${sandbox.port}`);
  const code = sandbox.qrCodes.get('UAT', id) as QrCode;
  expect(await textsIn(await pageOf(path))).toEqual([pictureTextOf(code, 'UAT')]);
});

it('the pictures follow the active dialect, and are JPEGs too', async () => {
  const [code] = sandbox.qrCodes.all('UAT') as [QrCode];
  sandbox.dialects.use('picture-emv');
  const [text] = await readQrPicture(await bytesOf(`/pictures/image.jpg?code=${code.qrCodeId}`));
  sandbox.dialects.clear();
  expect(text).toBe(pictureTextOf(code, 'UAT', ['picture-emv']));
  expect(text).toMatch(/^000201/);
});

it('/pictures/code.pdf is a PDF whose rectangles are the modules of the code', async () => {
  const file = Buffer.from(await bytesOf('/pictures/code.pdf')).toString('latin1');
  const modules = qrModules(String(firstTexts(1)[0]));
  const dark = new Set(
    [...file.matchAll(/^(\d+) (\d+) 3 3 re$/gm)].map(
      ([, x, y]) => `${(722 - Number(y)) / 3} ${(Number(x) - 120) / 3}`,
    ),
  );
  for (let row = 0; row < modules.side; row += 1)
    for (let column = 0; column < modules.side; column += 1)
      expect(dark.has(`${row} ${column}`)).toBe(modules.isDark(row, column));
  expect(file).toMatch(/^%PDF-1\.4\n/);
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
  const starts = [...file.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, start]) => Number(start));
  expect(starts.map((start) => file.slice(start, start + 7))).toEqual(
    [1, 2, 3, 4, 5].map((at) => `${at} 0 obj`),
  );
});

it('the demo page shows pictures of codes, a forged one, another merchant’s, and an address', async () => {
  const texts = await textsIn(await pageOf('/demo'));
  const known = new Set(sandbox.qrCodes.all('UAT').map((code) => pictureTextOf(code, 'UAT')));
  const { forged, foreign, address } = OTHER_TEXTS;
  expect(texts.filter((text) => known.has(text))).toHaveLength(4);
  expect(texts.slice(4)).toEqual([forged, foreign, address]);
  expect(new URL(forged).searchParams.get('pa')).not.toBe(sandbox.merchants.UAT.upiId);
});

it('an unknown page names the pages, and none is logged as a request to the gateway', async () => {
  const { status, text } = await client.send('GET', '/pictures/constructor');
  expect({ status, text }).toEqual({
    status: 404,
    text: 'Pages: three, frame, background, zoom, twice, scrolled, canvas\n',
  });
  expect(sandbox.requests.all()).toEqual([]);
});
