import { t } from '../../utils/i18n/i18n.ts';
import { Icon } from '../ui/Icon.tsx';

/** Links to the other pages, each in a new tab. */
export function PageLinks() {
  const places = [
    { href: '/workbench.html#bulk', label: t('bulkCancel'), icon: 'bulk' },
    { href: '/workbench.html#search', label: t('search'), icon: 'search' },
    { href: '/workbench.html#history', label: t('history'), icon: 'history' },
    { href: '/options.html', label: t('settings'), icon: 'settings' },
  ] as const;
  return (
    <nav class="page-links" aria-label={t('navLabel')}>
      {places.map(({ href, label, icon }) => (
        <a key={href} href={href} target="_blank" rel="noreferrer">
          <Icon name={icon} />
          {label}
        </a>
      ))}
    </nav>
  );
}
