import { t } from '../../utils/i18n/i18n.ts';
import { useMedia } from '../ui/use-media.ts';
import { useCurrentSection } from './use-current-section.ts';
import './section-index.css';

export interface SectionEntry {
  /** The id of the section's heading. */
  id: string;
  title: string;
}

/** The width from which there is room beside the sections; the same as in section-index.css. */
const WIDE = '(width >= 60rem)';

/** Links to the sections of a long page: beside it, or folded above it in a narrow window. Marks the current section. */
export function SectionIndex({ sections }: { sections: readonly SectionEntry[] }) {
  const isWide = useMedia(WIDE);
  const { current, choose } = useCurrentSection(sections.map(({ id }) => id));
  const links = (
    <ul>
      {sections.map(({ id, title }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            aria-current={id === current ? 'location' : undefined}
            onClick={() => choose(id)}
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <nav class="section-index" aria-label={t('settingsIndex')}>
      {isWide ? (
        links
      ) : (
        <details>
          <summary>{t('settingsIndex')}</summary>
          {links}
        </details>
      )}
    </nav>
  );
}
