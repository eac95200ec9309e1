import { defineStorageItem } from '../browser/storage-item.ts';
import { type AccountDraft, EMPTY_DRAFT, type OptionsState, type OptionsStore } from './options-state.ts';

/** The stored part of a draft: no key, and no field that could hold one. */
type PersistedDraft = Pick<AccountDraft, 'name' | 'environment' | 'colour' | 'authMethod'>;

const draft = defineStorageItem<PersistedDraft | null>('session', 'account-draft', null);

/**
 * Restores the draft of the first account after the settings were closed, for example to look up its keys, and stores
 * each change of it, in memory only. Keys are never stored: the operator types them again.
 */
export async function persistAccountDraft(store: OptionsStore): Promise<void> {
  const restored = await draft.read();
  if (restored) store.actions.changeDraft(restored);
  let stored = restored ?? EMPTY_DRAFT;
  store.subscribe((state) => {
    if (!state.page) return;
    const now = persistableDraft(state);
    if (isSame(now, stored)) return;
    stored = now;
    void (isSame(now, EMPTY_DRAFT) ? draft.remove() : draft.write(now));
  });
}

/** Only the draft of the first account is stored. */
function persistableDraft({
  page,
  draft: { name, environment, colour, authMethod },
}: OptionsState): PersistedDraft {
  return page?.accounts.length === 0 ? { name, environment, colour, authMethod } : EMPTY_DRAFT;
}

function isSame(one: PersistedDraft, other: PersistedDraft): boolean {
  return (
    one.name === other.name &&
    one.environment === other.environment &&
    one.colour === other.colour &&
    one.authMethod === other.authMethod
  );
}
