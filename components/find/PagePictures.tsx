import { canGoOn, type FindPicture } from '../../utils/find/find-picture.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { FindStore } from '../../utils/stores/find-state.ts';
import { useStore } from '../../utils/stores/use-store.ts';
import { findingReports } from '../../utils/wording/finding.ts';
import { Button } from '../ui/Button.tsx';
import { FindingView, FindProgress } from './FindingView.tsx';
import './find.css';
import { PictureContentList } from './PictureContentList.tsx';
import { PictureProblems } from './PictureProblems.tsx';

interface PagePicturesProps {
  store: FindStore;
  isInPanel: boolean;
  onCheck: (qrCodeId: string) => void;
}

/** The QR codes on the page in front: one is found at once, of several the operator chooses one. */
export function PagePictures({ store, isInPanel, onCheck }: PagePicturesProps) {
  const state = useStore(store);
  const { pictures, chosen, account, problems, phase } = state;
  const picture = pictures.find(({ number }) => number === chosen);
  return (
    <div class="stack page-pictures">
      <PictureProblems problems={problems} isInPanel={isInPanel} />
      {pictures.length > 1 && (
        <PictureChoice
          pictures={pictures}
          chosen={chosen}
          onChoose={(number) => void store.actions.choose(number)}
        />
      )}
      {picture && <PictureContentList picture={picture} />}
      <FindProgress state={state} onStop={store.actions.stop} />
      {picture && (
        <FindingView
          reports={findingReports(picture, picture.run, account)}
          actionLabel={t('checkStatus')}
          onChoose={onCheck}
        />
      )}
      {picture && phase === 'idle' && canGoOn(picture) && (
        <div class="row">
          <Button onClick={() => void store.actions.find()}>{t('searchOn')}</Button>
        </div>
      )}
    </div>
  );
}

interface PictureChoiceProps {
  pictures: readonly FindPicture[];
  chosen: number | undefined;
  onChoose: (number: number) => void;
}

/** Small pictures of the page's codes, numbered from top to bottom as they stand on it. */
function PictureChoice({ pictures, chosen, onChoose }: PictureChoiceProps) {
  return (
    <section class="stack">
      <h2 id="codes-on-page">{t('codesOnPage')}</h2>
      <ol class="picture-choice" aria-labelledby="codes-on-page">
        {pictures.map(({ number, image }) => (
          <li key={number}>
            <button
              type="button"
              class="picture-button"
              aria-pressed={number === chosen}
              onClick={() => onChoose(number)}
            >
              <img src={image} alt={t('pictureNumber', String(number))} width="72" height="72" />
              <span aria-hidden="true">{number}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
