import { useEffect, useState } from 'preact/hooks';

/**
 * Announces a text to screen readers, once per text. Renders the live region empty first: screen readers often skip a
 * region that is inserted together with its text.
 */
export function Announcer({ text }: { text: string }) {
  const [announced, setAnnounced] = useState('');
  useEffect(() => setAnnounced(text), [text]);
  return (
    <span class="visually-hidden" aria-live="polite">
      {announced}
    </span>
  );
}
