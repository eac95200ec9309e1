import type { Send } from '../messages.ts';
import { refusalText } from '../wording/vault.ts';

/** Tries a passphrase; answers why it did not open the vault, or nothing where it did. */
export async function unlockWith(send: Send, passphrase: string): Promise<string | undefined> {
  const unlocked = await send('unlock', { passphrase });
  return unlocked.ok ? undefined : refusalText(unlocked);
}
