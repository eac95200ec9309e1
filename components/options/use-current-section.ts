import { useEffect, useState } from 'preact/hooks';

/** A section is the current one once its heading is in this upper part of the window. */
const UPPER_PART = 0.4;

/** Follows the section that is being read: the last one whose heading has come into the upper part of the window. */
export function useCurrentSection(ids: readonly string[]): {
  current: string | undefined;
  choose: (id: string) => void;
} {
  const [current, setCurrent] = useState(ids[0]);
  // A short last section cannot be scrolled to the top, so a chosen one stays the current one until the next scroll.
  const [chosen, setChosen] = useState<string>();
  const names = ids.join(' ');
  useEffect(() => {
    const follow = () => setCurrent(sectionInView(names.split(' ')));
    const release = () => setChosen(undefined);
    follow();
    addEventListener('scroll', follow, { passive: true });
    addEventListener('resize', follow);
    for (const name of SCROLLING) addEventListener(name, release, { passive: true });
    return () => {
      removeEventListener('scroll', follow);
      removeEventListener('resize', follow);
      for (const name of SCROLLING) removeEventListener(name, release);
    };
  }, [names]);
  return { current: chosen !== undefined && ids.includes(chosen) ? chosen : current, choose: setChosen };
}

/** The events by which a person scrolls. */
const SCROLLING = ['wheel', 'touchmove', 'keydown'] as const;

function sectionInView(ids: readonly string[]): string | undefined {
  const isAtEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
  if (isAtEnd) return ids.at(-1);
  const limit = innerHeight * UPPER_PART;
  const above = ids.filter((id) => {
    const heading = document.getElementById(id);
    return heading !== null && heading.getBoundingClientRect().top < limit;
  });
  return above.at(-1) ?? ids[0];
}
