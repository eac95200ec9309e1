import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { canGoOn } from '../../utils/find/find-picture.ts';
import { provenCode } from '../../utils/find/finding.ts';
import { plural, t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { isReady } from '../../utils/stores/current-account.ts';
import type { FindActions, FindState } from '../../utils/stores/find-state.ts';
import { findingReports } from '../../utils/wording/finding.ts';
import { AccountRequiredNotice } from '../shared/AccountRequiredNotice.tsx';
import { Announcer } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { CameraView } from './CameraView.tsx';
import { FindingView, FindProgress } from './FindingView.tsx';
import './find.css';
import { PictureContentList } from './PictureContentList.tsx';
import { PictureProblems } from './PictureProblems.tsx';

interface FindTabProps {
  state: FindState;
  actions: FindActions;
  page: AppState | undefined;
  /** Opens the bulk review with these codes. */
  onReview: (qrCodeIds: readonly string[]) => void;
}

/** Finds codes of the account by their pictures: pasted, dropped, chosen, or held before the camera. */
export function FindTab({ state, actions, page, onReview }: FindTabProps) {
  const { pictures, phase, problems } = state;
  const [isCameraOn, setCamera] = useState(false);
  const isOver = usePictureDrop(actions);
  const turnCameraOn = () => {
    actions.dismissProblems();
    setCamera(true);
  };
  return (
    <div class={isOver ? 'stack find drop over' : 'stack find drop'}>
      <AccountRequiredNotice page={page} locked={t('findLocked')} none={t('findNoAccount')} />
      <div class="row">
        <PicturePicker onFiles={(files) => void actions.addFiles(files)} />
        {!isCameraOn && <Button onClick={turnCameraOn}>{t('useCamera')}</Button>}
        {pictures.length > 0 && <Button onClick={actions.clear}>{t('clearList')}</Button>}
      </div>
      <p class="quiet">
        {t('pictureHint')} {t('picturePrivacy')}
      </p>
      {isCameraOn && <CameraView actions={actions} onEnd={() => setCamera(false)} />}
      <PictureProblems problems={problems} />
      <FindProgress state={state} onStop={actions.stop} />
      {phase === 'idle' && <FoundBar state={state} actions={actions} page={page} onReview={onReview} />}
      <PictureList state={state} onReview={onReview} />
    </div>
  );
}

/** The actions for the whole list: review the found codes, and continue the comparison. */
function FoundBar({ state, actions, page, onReview }: FindTabProps) {
  const { pictures, account } = state;
  const proven = pictures.flatMap(({ finding }) => (finding && provenCode(finding)) ?? []);
  const ids = [...new Set(proven.map(({ qrCodeId }) => qrCodeId))];
  const reports = pictures.flatMap((picture) => findingReports(picture, picture.run, account));
  // Warnings announce themselves.
  const quiet = reports.filter(({ tone }) => tone === 'success' || tone === 'neutral');
  return (
    <>
      <Announcer text={[...new Set(quiet.map(({ title }) => title))].join(' ')} />
      <div class="row">
        {ids.length > 1 && (
          <Button kind="primary" onClick={() => onReview(ids)}>
            {plural('reviewFound', ids.length)}
          </Button>
        )}
        {pictures.some(canGoOn) && isReady(page) && (
          <Button onClick={() => void actions.find()}>{t('searchOn')}</Button>
        )}
      </div>
    </>
  );
}

/** Each picture with what it says and its finding. */
function PictureList({ state, onReview }: Pick<FindTabProps, 'state' | 'onReview'>) {
  const { pictures, account, phase } = state;
  // The progress changes ten times a second, and the list may be long.
  return useMemo(
    () => (
      <ol class="pictures">
        {pictures.map((picture) => (
          <li key={picture.number} class="stack">
            <PictureContentList picture={picture} isInList />
            {!picture.finding && (
              <p class="quiet">{t(phase === 'comparing' ? 'pictureComparing' : 'pictureWaiting')}</p>
            )}
            <FindingView
              reports={findingReports(picture, picture.run, account)}
              actionLabel={plural('reviewFound', 1)}
              onChoose={(qrCodeId) => onReview([qrCodeId])}
            />
          </li>
        ))}
      </ol>
    ),
    [pictures, account, phase, t('language')],
  );
}

/** Takes pictures that are dropped or pasted anywhere on the page. Returns whether files are dragged over it. */
function usePictureDrop({ addFiles, report }: Pick<FindActions, 'addFiles' | 'report'>): boolean {
  const [isOver, setOver] = useState(false);
  useLayoutEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void addFiles(files);
    };
    const over = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      // Else the browser would open the file in place of this page, and the list would be lost.
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) void addFiles(files);
      else report({ kind: 'other', fileName: '' });
    };
    document.addEventListener('paste', paste, { signal });
    document.addEventListener('dragover', over, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    return () => end.abort();
  }, [addFiles, report]);
  return isOver;
}

function PicturePicker({ onFiles }: { onFiles: (files: File[]) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind="primary" onClick={() => picker.current?.click()}>
        {t('choosePictures')}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept="image/*,.heic,.heif"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
