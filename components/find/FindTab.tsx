import { useEffect, useRef, useState } from 'preact/hooks';
import { provenCode } from '../../utils/find/finding.ts';
import { plural, t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import type { FindActions, FindState } from '../../utils/stores/find-state.ts';
import { findingReports } from '../../utils/wording/finding.ts';
import { AccountRequiredNotice } from '../shared/AccountRequiredNotice.tsx';
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
  const { pictures, account, phase, problems } = state;
  const [isCameraOn, setCamera] = useState(false);
  const { over, ...dropTarget } = usePictureDrop(actions);
  const proven = pictures.flatMap(({ finding }) => (finding && provenCode(finding)) ?? []);
  const ids = [...new Set(proven.map(({ qrCodeId }) => qrCodeId))];
  const isUnfinished = phase === 'idle' && pictures.some(({ finding }) => !finding?.isComplete);
  return (
    <div class={over ? 'stack find drop over' : 'stack find drop'} {...dropTarget}>
      <AccountRequiredNotice page={page} locked={t('findLocked')} none={t('findNoAccount')} />
      <div class="row">
        <PicturePicker onFiles={(files) => void actions.addFiles(files)} />
        {!isCameraOn && <Button onClick={() => setCamera(true)}>{t('useCamera')}</Button>}
        {pictures.length > 0 && <Button onClick={actions.clear}>{t('clearList')}</Button>}
      </div>
      <p class="quiet">
        {t('pictureHint')} {t('picturePrivacy')}
      </p>
      {isCameraOn && <CameraView actions={actions} onEnd={() => setCamera(false)} />}
      <PictureProblems problems={problems} />
      <FindProgress state={state} onStop={actions.stop} />
      <ul class="pictures">
        {pictures.map((picture) => (
          <li key={picture.number} class="stack">
            <PictureContentList picture={picture} />
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
      </ul>
      <div class="row">
        {isUnfinished && page && <Button onClick={() => void actions.find()}>{t('searchOn')}</Button>}
        {ids.length > 1 && (
          <Button kind="primary" onClick={() => onReview(ids)}>
            {plural('reviewFound', ids.length)}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Takes pictures that are dropped on the element, or pasted anywhere on the page while it is on screen. */
function usePictureDrop({ addFiles }: Pick<FindActions, 'addFiles'>) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void addFiles(files);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [addFiles]);
  return {
    over,
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) void addFiles(files);
    },
  };
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
