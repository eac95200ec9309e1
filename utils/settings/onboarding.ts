import { defineStorageItem } from '../browser/storage-item.ts';

/** The completed first steps that accounts and history do not show. */
export interface OnboardingState {
  /** EnKash has accepted the keys. */
  hasTestedConnection: boolean;
  /** The operator has read a QR code. */
  hasReadCode: boolean;
  /** The operator has dismissed the first steps. */
  hidden: boolean;
}

export const onboardingItem = defineStorageItem<OnboardingState>('local', 'onboarding', {
  hasTestedConnection: false,
  hasReadCode: false,
  hidden: false,
});
