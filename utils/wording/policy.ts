import { t } from '../i18n/i18n.ts';
import type { Policy } from '../settings/policy.ts';

/** The unreadable values of the administrator's policy, and what applies instead; `undefined` if there are none. */
export function unreadablePolicyText({ unreadable }: Policy): string | undefined {
  if (unreadable === 'all') return t('policyFailing');
  return unreadable.length > 0 ? t('policyUnreadable', unreadable.join(', ')) : undefined;
}
