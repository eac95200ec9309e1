import { render } from 'preact';
import { startInLanguage } from '../../components/shared/page-language.ts';
import '../../components/ui/base.css';
import { downloadFile } from '../../components/shared/download.ts';
import { keepFocus } from '../../components/ui/restore-lost-focus.ts';
import { watchCheck } from '../../utils/accounts/connection-check-progress.ts';
import { bulkBegun } from '../../utils/bulk/job-marker.ts';
import { createHistoryReader } from '../../utils/history/history-reader.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { createJournalOpener } from '../../utils/journal/database.ts';
import { createJournalReader } from '../../utils/journal/journal-identity.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { watchProgress } from '../../utils/messaging/page-events.ts';
import { send } from '../../utils/messaging/protocol.ts';
import { gettingStarted } from '../../utils/settings/onboarding.ts';
import { keepAccountDraft } from '../../utils/stores/account-draft.ts';
import { createGettingStartedStore } from '../../utils/stores/onboarding.ts';
import { createOptionsStore } from '../../utils/stores/options.ts';
import { App } from './App.tsx';

const openJournal = createJournalReader(createJournalOpener(), () => send('readJournalIdentity', {}));
const guide = createGettingStartedStore(send, gettingStarted, watchCheck);
const store = createOptionsStore({
  send,
  forgetBegun: bulkBegun.remove,
  noteTested: guide.actions.noteTested,
  watchCheck,
  journal: createHistoryReader(openJournal, systemClock),
  clock: systemClock,
  download: downloadFile,
});
/** Milliseconds for which the page waits for what it shows first. */
const GUIDE_WITHIN_MS = 1_000;
let pageAt = 0;
await startInLanguage(() => `${t('settingsTitle')} – ${t('extensionName')}`);
// It may be locked or opened elsewhere.
watchProgress((progress) => {
  if (progress.pageAt !== pageAt) void store.actions.load();
  pageAt = progress.pageAt;
});
// The first steps ask the journal, which may be blocked: the settings, where it can be erased, do not wait for that.
const prepared = Promise.allSettled([keepAccountDraft(store), guide.actions.load()]);
void Promise.race([prepared, systemClock.sleep(GUIDE_WITHIN_MS)]).then(store.actions.load);
keepFocus();
const root = document.getElementById('root');
if (root) render(<App store={store} guide={guide} />, root);
