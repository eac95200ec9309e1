/** Why a camera gives no picture. */
export type CameraProblem = 'camera-refused' | 'camera-missing';

/** Turns a camera on, the one at the back if there are two. The browser asks the operator. Never records sound. */
export async function openCamera(): Promise<MediaStream | CameraProblem> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 } },
    });
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError'
      ? 'camera-refused'
      : 'camera-missing';
  }
}

/** Turns the camera off. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Whether the camera gives pictures: not turned off, unplugged or disallowed meanwhile. */
export function isCameraOn(stream: MediaStream): boolean {
  return stream.getTracks().some(({ readyState }) => readyState === 'live');
}

/** The picture that a video shows now; `undefined` before its first frame. */
export function frameOf(video: HTMLVideoElement): ImageData | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return undefined;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0);
  return context?.getImageData(0, 0, width, height);
}
