import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { qrModules } from '../../sandbox/qr-image.ts';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_PER_SECOND = 5;
const GREY = 128;
const SCENE = 110;
const WHITE = 235;
const BLACK = 16;

/** A clip for Chromium's fake camera, as a file. */
export interface CameraClip {
  path: string;
  /** Chromium's arguments for a camera that plays the clip again and again and needs no permission of the user. */
  args: string[];
  remove(): Promise<void>;
}

interface ClipOptions {
  /** Frames at five a second that show a grey scene, before the code. Default 5. */
  blankFrames?: number;
  /** Frames that show the code. Default 10. A clip without a text has only blank frames. */
  codeFrames?: number;
}

/**
 * Writes a clip of 640 × 480 pixels (uncompressed, YUV4MPEG2) that first shows a grey scene and then the QR code of a text.
 * The caller must `remove` it.
 */
export async function writeCameraClip(
  text: string | undefined,
  { blankFrames = 5, codeFrames = 10 }: ClipOptions = {},
): Promise<CameraClip> {
  const directory = await mkdtemp(join(tmpdir(), 'camera-clip-'));
  const path = join(directory, 'clip.y4m');
  const file = await open(path, 'w');
  try {
    await file.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420mpeg2\n`);
    const blank = frame(Buffer.alloc(WIDTH * HEIGHT, SCENE));
    for (let count = 0; count < blankFrames; count += 1) await file.write(blank);
    if (text !== undefined) {
      const code = frame(sceneWithQrCode(text));
      for (let count = 0; count < codeFrames; count += 1) await file.write(code);
    }
  } finally {
    await file.close();
  }
  return {
    path,
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${path}`,
    ],
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The brightness of each pixel of the scene with a code in the middle, which fills most of the height. */
export function sceneWithQrCode(text: string): Buffer {
  const { side, isDark } = qrModules(text);
  const pixelsPerModule = Math.floor((HEIGHT * 0.9) / side);
  const left = Math.floor((WIDTH - side * pixelsPerModule) / 2);
  const top = Math.floor((HEIGHT - side * pixelsPerModule) / 2);
  const scene = Buffer.alloc(WIDTH * HEIGHT, SCENE);
  for (let y = 0; y < side * pixelsPerModule; y += 1) {
    for (let x = 0; x < side * pixelsPerModule; x += 1) {
      const dark = isDark(Math.floor(y / pixelsPerModule), Math.floor(x / pixelsPerModule));
      scene[(top + y) * WIDTH + left + x] = dark ? BLACK : WHITE;
    }
  }
  return scene;
}

/** A frame with this brightness and no colour. */
function frame(brightness: Buffer): Buffer {
  return Buffer.concat([Buffer.from('FRAME\n'), brightness, Buffer.alloc((WIDTH * HEIGHT) / 2, GREY)]);
}
