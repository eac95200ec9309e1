import type { FindPicture } from '../../utils/find/find-picture.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { pictureLines, pictureNotes } from '../../utils/wording/picture.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import '../shared/qr-code-details.css';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';

interface PictureContentListProps {
  picture: FindPicture;
  /** Whether other pictures are on the page too: landmarks need different names. */
  isInList?: boolean;
}

/** What a picture says, as plain text: a text in a QR code is never a link here. */
export function PictureContentList({ picture, isInList = false }: PictureContentListProps) {
  const { content, image, number, fileName } = picture;
  const lines = pictureLines(content);
  const name = t('pictureNumber', String(number));
  const isFirst = !isInList || number === 1;
  return (
    <section class="picture-content" aria-label={isFirst ? t('pictureSays') : `${t('pictureSays')}: ${name}`}>
      <img src={image} alt={fileName ? escapeInvisibles(fileName) : name} width="96" height="96" />
      <div class="stack">
        <h2>{t('pictureSays')}</h2>
        {fileName && (
          <p class="quiet">
            <bdi class="clipped">{escapeInvisibles(fileName)}</bdi>
          </p>
        )}
        {lines.length > 0 && (
          <dl class="facts">
            {lines.map(([label, value], index) => (
              <DescriptionItem key={index} label={label}>
                <bdi class="clipped">{value}</bdi>
              </DescriptionItem>
            ))}
          </dl>
        )}
        {pictureNotes(content).map((note, index) => (
          <p key={index}>
            <bdi class="clipped">{note}</bdi>
          </p>
        ))}
      </div>
    </section>
  );
}
