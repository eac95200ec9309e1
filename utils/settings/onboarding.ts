import { storedItem } from '../browser/storage-item.ts';

/** How far somebody has come with the first steps, as far as accounts and history don't tell. */
export interface GettingStarted {
  /** EnKash has let the keys in. */
  tested: boolean;
  /** A QR code was read. */
  tried: boolean;
  /** The operator wants to see no more of it. */
  hidden: boolean;
}

export const gettingStarted = storedItem<GettingStarted>('local', 'getting-started', {
  tested: false,
  tried: false,
  hidden: false,
});
