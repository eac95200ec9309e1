import { parseVaultRecord, type VaultRecord } from '../../utils/vault/record.ts';
import { copyStorage, createVaultFixture, OWNERS, PASSPHRASE, restoreStorage } from './vault-fixture.ts';

let storage: Awaited<ReturnType<typeof copyStorage>> | undefined;

/** An unlocked vault that was just given {@link PASSPHRASE}. Its key is derived only once, because that is slow. */
export async function createPassphraseVault() {
  storage ??= await storePassphraseVault();
  const kit = createVaultFixture();
  await restoreStorage(storage);
  return kit;
}

async function storePassphraseVault() {
  const kit = createVaultFixture();
  await kit.saveBoth();
  await kit.vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
  return copyStorage();
}

/** The valid record that a vault has stored; throws if there is none. */
export async function storedRecord({ stored }: ReturnType<typeof createVaultFixture>): Promise<VaultRecord> {
  const parsed = parseVaultRecord(await stored());
  if (!parsed.ok || !parsed.record) throw new Error('there is no valid record');
  return parsed.record;
}
