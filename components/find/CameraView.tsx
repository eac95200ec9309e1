import { useLayoutEffect, useRef } from 'preact/hooks';
import { closeCamera, frameOf, isCameraOn, openCamera } from '../../utils/browser/camera.ts';
import type { PictureProblem } from '../../utils/find/find-picture.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import type { FindActions } from '../../utils/stores/find-state.ts';
import { Button } from '../ui/Button.tsx';

/** The camera is turned off after this time without a code. */
const CAMERA_LIMIT_MS = 60_000;
/** The pause between two frames that are read. */
const FRAME_INTERVAL_MS = 120;

interface CameraViewProps {
  actions: Pick<FindActions, 'readFrame' | 'report'>;
  /** Called once the camera is off. */
  onEnd: () => void;
}

/** The camera's picture. Turns the camera off once a code is read, after a minute, if the page is hidden, and with this view. */
export function CameraView({ actions, onEnd }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  // Unlike other effects, it ends with the view, not after the next frame.
  useLayoutEffect(() => {
    const end = new AbortController();
    void watch(video.current, actions, end.signal).then((problem) => {
      if (end.signal.aborted) return;
      if (problem) actions.report(problem);
      onEnd();
    });
    const stopIfHidden = () => document.hidden && onEnd();
    document.addEventListener('visibilitychange', stopIfHidden);
    return () => {
      document.removeEventListener('visibilitychange', stopIfHidden);
      end.abort();
    };
  }, []);
  return (
    <div class="stack camera">
      <p>{t('cameraHint')}</p>
      <div class="row">
        <Button onClick={onEnd}>{t('stopCamera')}</Button>
      </div>
      <video ref={video} aria-label={t('cameraView')} muted playsInline />
    </div>
  );
}

/** Reads frames until one shows a code. Returns the reason if none did. */
async function watch(
  video: HTMLVideoElement | null,
  actions: Pick<FindActions, 'readFrame'>,
  signal: AbortSignal,
): Promise<PictureProblem | undefined> {
  const stream = await openCamera();
  if (typeof stream === 'string') return { kind: stream };
  // At once: a frame that is being read, or a video that does not start, must not keep the camera on.
  signal.addEventListener('abort', () => closeCamera(stream));
  try {
    if (!video || signal.aborted) return undefined;
    video.srcObject = stream;
    await video.play();
    const until = Date.now() + CAMERA_LIMIT_MS;
    while (isCameraOn(stream)) {
      const frame = frameOf(video);
      if (frame && (await actions.readFrame(frame, signal))) return undefined;
      if (Date.now() > until) return { kind: 'camera-timed-out' };
      await systemClock.sleep(FRAME_INTERVAL_MS, signal);
    }
    return signal.aborted ? undefined : { kind: 'camera-missing' };
  } catch {
    return signal.aborted ? undefined : { kind: 'camera-missing' };
  } finally {
    closeCamera(stream);
    if (video) video.srcObject = null;
  }
}
