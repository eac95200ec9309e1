/** What there are drawings for; their files are named in icon.css. */
export type IconName = 'lock' | 'bulk' | 'search' | 'history' | 'settings' | 'panel' | 'live';

/** A drawing beside a text that says the same. */
export function Icon({ name }: { name: IconName }) {
  return <span class={`icon ${name}`} aria-hidden="true" />;
}
