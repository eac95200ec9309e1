import { render } from 'preact';
import { initPageLanguage } from '../../components/shared/page-language.ts';
import '../../components/ui/base.css';
import { downloadFile } from '../../components/shared/download.ts';
import { restoreLostFocus } from '../../components/ui/restore-lost-focus.ts';
import { watchCheck } from '../../utils/accounts/connection-check-progress.ts';
import { jobMarker } from '../../utils/bulk/job-marker.ts';
import { createHistoryReader } from '../../utils/history/history-reader.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { createConnectionProvider } from '../../utils/journal/database.ts';
import { createJournalReader } from '../../utils/journal/journal-identity.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { onPageEvents } from '../../utils/messaging/page-events.ts';
import { send } from '../../utils/messaging/protocol.ts';
import { onboardingItem } from '../../utils/settings/onboarding.ts';
import { persistAccountDraft } from '../../utils/stores/account-draft.ts';
import { createGettingStartedStore } from '../../utils/stores/onboarding.ts';
import { createOptionsStore } from '../../utils/stores/options.ts';
import { App } from './App.tsx';

const openJournal = createJournalReader(createConnectionProvider(), () => send('readJournalIdentity', {}));
const guide = createGettingStartedStore(send, onboardingItem, watchCheck);
const store = createOptionsStore({
  send,
  clearJobMarker: jobMarker.remove,
  noteTested: guide.actions.markTested,
  watchCheck,
  journal: createHistoryReader(openJournal, systemClock),
  clock: systemClock,
  download: downloadFile,
});
/** The longest time (ms) that the settings wait for the draft and the first steps. */
const GUIDE_WITHIN_MS = 1_000;
let pageAt = 0;
await initPageLanguage(() => `${t('settingsTitle')} – ${t('extensionName')}`);
// Another page may lock or unlock the vault.
onPageEvents((progress) => {
  if (progress.appStateVersion !== pageAt) void store.actions.load();
  pageAt = progress.appStateVersion;
});
// The first steps read the journal, which may be blocked. The settings must not wait for it: they offer to erase it.
const prepared = Promise.allSettled([persistAccountDraft(store), guide.actions.load()]);
void Promise.race([prepared, systemClock.sleep(GUIDE_WITHIN_MS)]).then(store.actions.load);
restoreLostFocus();
const root = document.getElementById('root');
if (root) render(<App store={store} guide={guide} />, root);
