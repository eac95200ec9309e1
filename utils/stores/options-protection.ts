import { plural, t } from '../i18n/i18n.ts';
import type { AppState } from '../messaging/protocol.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { vaultErrorText } from '../wording/vault.ts';
import type { OptionsActions, OptionsContext, ProtectionChange } from './options-state.ts';
import { runExclusive, success } from './options-tasks.ts';

/** The protection of the keys: by a passphrase, or by this device alone. */
export function createProtectionSlice(context: OptionsContext): Pick<OptionsActions, 'protect'> {
  return { protect: (change) => protect(context, change) };
}

async function protect(context: OptionsContext, change: ProtectionChange): Promise<string | undefined> {
  const { send, get, set, load } = context;
  let refusal: string | undefined = t('protectFailed');
  await runExclusive(context, 'saving', async () => {
    refusal = t('noAnswerFromBackground');
    const done = await send('setProtection', change);
    refusal = done.ok ? undefined : vaultErrorText(done);
    if (done.ok) set({ report: success(protectedText(get().page, change)) });
    await load();
  });
  return refusal;
}

/** Names the change, compared with the protection before it. */
function protectedText(before: AppState | undefined, { target }: ProtectionChange): string {
  const hadPassphrase = before?.vault.status !== 'problem' && before?.vault.protection === 'passphrase';
  if (target.kind !== 'passphrase') return hadPassphrase ? t('passphraseRemoved') : t('keepChanged');
  if (hadPassphrase) return t('passphraseChanged');
  return plural('passphraseSet', before?.settings.lockAfterMinutes ?? DEFAULT_SETTINGS.lockAfterMinutes);
}
