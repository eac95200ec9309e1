import { defineStorageItem } from '../browser/storage-item.ts';
import { type AccountDraft, EMPTY_DRAFT, type OptionsState, type OptionsStore } from './options.ts';

/** What is kept of an account that is being entered: nothing that is a key, or could be one. */
type PersistedDraft = Pick<AccountDraft, 'name' | 'environment' | 'colour' | 'authMethod'>;

const draft = defineStorageItem<PersistedDraft | null>('session', 'account-draft', null);

/**
 * Puts back what was typed of the first account before the settings were closed, as to look for its keys, and
 * keeps, in memory only, what is typed from now on. Keys are never kept: they are typed again.
 */
export async function persistAccountDraft(store: OptionsStore): Promise<void> {
  const before = await draft.read();
  if (before) store.actions.changeDraft(before);
  let kept = before ?? EMPTY_DRAFT;
  store.subscribe((state) => {
    if (!state.page) return;
    const now = persistableDraft(state);
    if (isSame(now, kept)) return;
    kept = now;
    void (isSame(now, EMPTY_DRAFT) ? draft.remove() : draft.write(now));
  });
}

/** A further account that was given up is not sprung on somebody who opens the settings for another reason. */
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
