import { useEffect, useState } from 'preact/hooks';

/**
 * Tells whether the page is about to be printed, so that what is only for paper need not be there otherwise,
 * and prints it. The page is drawn anew before the browser takes its picture of it: `print` waits for that,
 * and the browser's own command leaves time for it after `beforeprint`.
 */
export function usePrinting(): { printing: boolean; print: () => void } {
  const [printing, setPrinting] = useState(false);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const begin = () => setPrinting(true);
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  useEffect(() => {
    if (!asked) return;
    setAsked(false);
    window.print();
  }, [asked]);
  return {
    printing: printing || asked,
    print() {
      setPrinting(true);
      setAsked(true);
    },
  };
}
