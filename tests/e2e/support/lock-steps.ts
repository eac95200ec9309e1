import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { byRole, waitForText } from '../../harness/find.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';
import { enterAccount, enterId } from './operator.ts';
import { choosePassphrase, readArea, tryPassphrase, writeArea } from './vault-steps.ts';

export const PASSPHRASE = 'correct horse battery staple';
export const WRONG = 'incorrect horse battery staple';

/** Waits for the second in which the worker caches decrypted keys, so that the next call decrypts them again. */
export const waitForKeyExpiry = () => sleep(1_000);

export async function expectAccountWorks(kit: ChromiumFixture): Promise<void> {
  const id = kit.nextId();
  const popup = await kit.openPopup();
  await enterId(popup, id, 'Check status');
  await waitForText(popup, /Active\. /);
  expect(kit.callsFor(id)).toEqual(['GET 200']);
  await popup.close();
}

export async function openLockedPopup(kit: ChromiumFixture): Promise<Page> {
  const popup = await kit.openPopup();
  await byRole(popup, 'heading', 'Locked');
  return popup;
}

export async function unlockInPopup(kit: ChromiumFixture): Promise<void> {
  const popup = await openLockedPopup(kit);
  await tryPassphrase(popup, PASSPHRASE);
  await byRole(popup, 'textbox', 'QR code ID');
  await popup.close();
}

/** The keys in session storage: the data key, and the tokens. */
export async function keysInMemory(kit: ChromiumFixture): Promise<unknown[]> {
  const { unlocked, ...others } = await readArea(kit.chromium, 'session');
  const tokens = Object.entries(others)
    .filter(([name]) => name.startsWith('gateway:'))
    .map(([, memory]) => (memory as { token?: unknown }).token);
  return [unlocked, ...tokens].filter((key) => key !== undefined);
}

export async function expectNoKeysInMemory(kit: ChromiumFixture): Promise<void> {
  await expect.poll(() => keysInMemory(kit), { timeout: 10_000 }).toEqual([]);
}

/** Unlocks an account with the passphrase, from any state that an earlier test left. */
export async function ensureUnlocked(kit: ChromiumFixture): Promise<void> {
  const { vault, accounts } = await readArea(kit.chromium, 'local');
  const { unlocked } = await readArea(kit.chromium, 'session');
  const { protection } = (vault ?? {}) as { protection?: { kind: string } };
  if (protection?.kind !== 'passphrase') {
    await kit.withOptions(async (options) => {
      if (!accounts) await enterAccount(options, kit.sandbox, { name: 'Main counter' });
      await choosePassphrase(options, PASSPHRASE);
    });
  } else if (!unlocked) {
    await setFailedTries(kit, () => ({ count: 0, lastAt: 0 }));
    await unlockInPopup(kit);
  }
}

export async function setFailedTries(
  kit: ChromiumFixture,
  edit: (tries: { count: number; lastAt: number }) => object,
): Promise<void> {
  const { 'failed-unlocks': tries } = await readArea(kit.chromium, 'local');
  await writeArea(kit.chromium, 'local', {
    'failed-unlocks': edit(tries as { count: number; lastAt: number }),
  });
}

/** Moves the last use of the unlocked keys so far back that a lock after one minute is due. */
export async function passDeadline(kit: ChromiumFixture): Promise<void> {
  await waitForKeyExpiry();
  const { unlocked } = await readArea(kit.chromium, 'session');
  const { lastUsedAt, ...key } = unlocked as { lastUsedAt: number };
  await writeArea(kit.chromium, 'session', { unlocked: { ...key, lastUsedAt: lastUsedAt - 61_000 } });
}
