import { useLazy } from '../ui/use-lazy.ts';
import type { LaterFieldProps } from './LaterField.tsx';
import type { PlannedForCodeProps } from './PlannedForCode.tsx';

/** What waits for the code of the result. Loaded at the first use: the popup is drawn without it. */
export function PlannedPart(props: PlannedForCodeProps) {
  const View = useLazy(() => import('./planned-views.ts').then((file) => file.PlannedForCode));
  return View ? <View {...props} /> : null;
}

/** The time of a cancel, and why it was not planned; loaded likewise. */
export function LaterPart(props: LaterFieldProps) {
  const View = useLazy(() => import('./planned-views.ts').then((file) => file.LaterField));
  return View ? <View {...props} /> : null;
}
