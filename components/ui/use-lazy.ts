import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component that is loaded at its first use; `undefined` until then. */
export function useLazy<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> | undefined {
  const [View, setView] = useState<ComponentType<Props>>();
  useEffect(() => {
    void load().then((loaded) => setView(() => loaded));
  }, []);
  return View;
}
