import { storedItem } from '../browser/storage-item.ts';
import { type AccountDraft, EMPTY_DRAFT, type OptionsState, type OptionsStore } from './options.ts';

/** What is kept of an account that is being entered: nothing that is a key, or could be one. */
type Kept = Pick<AccountDraft, 'name' | 'environment' | 'colour' | 'signIn'>;

const draft = storedItem<Kept | null>('session', 'account-draft', null);

/**
 * Puts back what was typed of the first account before the settings were closed, as to look for its keys, and
 * keeps, in memory only, what is typed from now on. Keys are never kept: they are typed again.
 */
export async function keepAccountDraft(store: OptionsStore): Promise<void> {
  const before = await draft.read();
  if (before) store.actions.changeDraft(before);
  let kept = before ?? EMPTY_DRAFT;
  store.subscribe((state) => {
    if (!state.page) return;
    const now = toKeep(state);
    if (isSame(now, kept)) return;
    kept = now;
    void (isSame(now, EMPTY_DRAFT) ? draft.remove() : draft.write(now));
  });
}

/** A further account that was given up is not sprung on somebody who opens the settings for another reason. */
function toKeep({ page, draft: { name, environment, colour, signIn } }: OptionsState): Kept {
  return page?.accounts.length === 0 ? { name, environment, colour, signIn } : EMPTY_DRAFT;
}

function isSame(one: Kept, other: Kept): boolean {
  return (
    one.name === other.name &&
    one.environment === other.environment &&
    one.colour === other.colour &&
    one.signIn === other.signIn
  );
}
