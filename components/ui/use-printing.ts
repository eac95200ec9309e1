import { useEffect, useState } from 'preact/hooks';

/**
 * `printing` is true while the page is printed, so that a printout is rendered only then; `print` prints the page.
 * `print` waits until the printout is rendered. The browser's own command renders it after `beforeprint`.
 */
export function usePrinting(): { printing: boolean; print: () => void } {
  const [printing, setPrinting] = useState(false);
  const [requested, setRequested] = useState(false);
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
    if (!requested) return;
    setRequested(false);
    window.print();
  }, [requested]);
  return {
    printing: printing || requested,
    print() {
      setPrinting(true);
      setRequested(true);
    },
  };
}
