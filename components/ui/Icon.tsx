/** The icons; icon.css names their files. */
export type IconName = 'lock' | 'bulk' | 'search' | 'history' | 'settings' | 'panel' | 'live';

/** A decorative icon beside a text of the same meaning. */
export function Icon({ name }: { name: IconName }) {
  return <span class={`icon ${name}`} aria-hidden="true" />;
}
