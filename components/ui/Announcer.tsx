import { useEffect, useState } from 'preact/hooks';

/**
 * Says something to a screen reader, once for each text. The region is there, empty, before the text comes: one that
 * comes together with its text is often not read.
 */
export function Announcer({ text }: { text: string }) {
  const [announced, setSaid] = useState('');
  useEffect(() => setSaid(text), [text]);
  return (
    <span class="visually-hidden" aria-live="polite">
      {announced}
    </span>
  );
}
