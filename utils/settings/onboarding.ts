import { defineStorageItem } from '../browser/storage-item.ts';

/** How far somebody has come with the first steps, as far as accounts and history don't tell. */
export interface OnboardingState {
  /** EnKash has let the keys in. */
  hasTestedConnection: boolean;
  /** A QR code was read. */
  hasReadCode: boolean;
  /** The operator wants to see no more of it. */
  hidden: boolean;
}

export const onboardingItem = defineStorageItem<OnboardingState>('local', 'onboarding', {
  hasTestedConnection: false,
  hasReadCode: false,
  hidden: false,
});
