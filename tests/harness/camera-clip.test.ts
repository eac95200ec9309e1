import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readQrPicture } from '../support/read-qr-picture.ts';
import { writeCameraClip } from './camera-clip.ts';

const TEXT = 'upi://pay?pa=saffronlane@sandbox&pn=Saffron%20Lane%20Retail&tr=QR26A7F3K9M2X1&am=250.00&cu=INR';
const PIXELS = 640 * 480;

/** The text of the code in each frame of a clip, or undefined. */
async function textsIn(path: string): Promise<(string | undefined)[]> {
  const file = await readFile(path);
  const start = file.indexOf('\n') + 1;
  expect(file.subarray(0, start).toString()).toMatch(/^YUV4MPEG2 W640 H480 F5:1 .*C420mpeg2\n$/);
  const frameBytes = 'FRAME\n'.length + PIXELS * 1.5;
  expect((file.length - start) % frameBytes).toBe(0);
  const texts: (string | undefined)[] = [];
  for (let at = start; at < file.length; at += frameBytes) {
    expect(file.subarray(at, at + 6).toString()).toBe('FRAME\n');
    const data = new Uint8ClampedArray(PIXELS * 4);
    for (let pixel = 0; pixel < PIXELS; pixel += 1)
      data.fill(file[at + 6 + pixel] ?? 0, pixel * 4, pixel * 4 + 4);
    const [text] = await readQrPicture({ data, width: 640, height: 480 });
    texts.push(text);
  }
  return texts;
}

it('a clip shows blank frames first, then the code', async () => {
  const clip = await writeCameraClip(TEXT, { blankFrames: 2, codeFrames: 2 });
  expect(await textsIn(clip.path)).toEqual([undefined, undefined, TEXT, TEXT]);
  expect(clip.args).toContain(`--use-file-for-fake-video-capture=${clip.path}`);
  await clip.remove();
  await expect(readFile(clip.path)).rejects.toThrow('ENOENT');
});

it('a clip without a text stays blank', async () => {
  const clip = await writeCameraClip(undefined, { blankFrames: 2 });
  expect(await textsIn(clip.path)).toEqual([undefined, undefined]);
  await clip.remove();
});
