import { t } from '../i18n/i18n.ts';
import type { Policy } from '../settings/policy.ts';

/** What of the administrator's policy could not be read, and what holds for it; nothing if all could. */
export function unreadablePolicyText({ unreadable }: Policy): string | undefined {
  if (unreadable === 'all') return t('policyFailing');
  return unreadable.length > 0 ? t('policyUnreadable', unreadable.join(', ')) : undefined;
}
