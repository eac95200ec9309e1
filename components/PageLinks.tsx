import { History, ListX, Search, Settings } from 'lucide-preact';
import { t } from '../utils/i18n.ts';

/** The ways from the popup to the other pages; each opens in a tab. */
export function PageLinks() {
  const places = [
    { href: '/workbench.html#bulk', label: t('bulkCancel'), Icon: ListX },
    { href: '/workbench.html#search', label: t('search'), Icon: Search },
    { href: '/workbench.html#history', label: t('history'), Icon: History },
    { href: '/options.html', label: t('settings'), Icon: Settings },
  ];
  return (
    <nav class="page-links" aria-label={t('navLabel')}>
      {places.map(({ href, label, Icon }) => (
        <a key={href} href={href} target="_blank" rel="noreferrer">
          <Icon size={18} aria-hidden="true" />
          {label}
        </a>
      ))}
    </nav>
  );
}
