import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const texts = Object.entries(messages as Record<string, { message: string }>);

/** Texts that say “nothing was sent”, “not changed”, “still active” or the like. */
const PROMISE =
  /\bnothing (?:more |in it )?(?:(?:of it )?(?:was|is|will be|can be) (?:being )?(?:sent|changed|cancelled|saved|lost)|changes|sent)\b|\bnot (?:sent|changed|created|cancelled|erased|started)\b|\bno QR code (?:was|is)\b|\bstill active\b|\bstays?\b|\b(?:as it (?:was|is)|as they are|as before)\b|\bleft alone\b|\bunchanged\b|\bare kept\b/i;

/**
 * The states in which each of these texts can be shown, and the reason why it is true there. `uses` are the only files that
 * may show it: another use is another state. A key without `One` or `Other` means both.
 */
const PROMISES: readonly { keys: string; uses: string; states: string }[] = [
  {
    keys: 'nothingChanged reasonJournal shortNotSent partNotSent',
    uses: 'utils/wording/outcome.ts utils/wording/gateway.ts utils/wording/outcome-kind.ts',
    states:
      'a cancel that is not-sent: it was refused here, before a request was made, or no request left the browser',
  },
  {
    keys: 'turnedAway outcomeNotCancelled',
    uses: 'utils/wording/outcome.ts utils/wording/outcome-title.ts',
    states:
      'EnKash refused the caller (keys, sign-in, rate), or does not know the code, or a read after a refusal showed it ACTIVE; nothing was sent before or after that could have taken effect',
  },
  {
    keys: 'stillActive notReadAfter',
    uses: 'utils/wording/outcome.ts',
    states:
      'after a cancel: a read showed ACTIVE after it (dated by “after that”), or that read failed and nothing is claimed',
  },
  {
    keys: 'notSentAgain',
    uses: 'utils/wording/outcome.ts utils/wording/replacement.ts',
    states:
      'an attempt that the worker’s end interrupted: the next worker only reads, and sends it no second time',
  },
  {
    keys: 'checkedNothingChanged loadFailedText',
    uses: 'utils/wording/check.ts components/shared/LoadError.tsx components/shared/UnlockForm.tsx utils/stores/onboarding.ts utils/stores/popup-results.ts utils/stores/options-tasks.ts utils/wording/journal.ts',
    states:
      'a check, a connection check, an unlocking or the loading of a page that failed: none of them sends a cancel or a create',
  },
  {
    keys: 'startNothing columnAsk',
    uses: 'utils/wording/start-problem.ts components/bulk/ListNotes.tsx',
    states:
      'a job that the worker refused to create, or a list that was not reviewed: a job sends only after it was created',
  },
  {
    keys: 'partNotStarted shortNotStarted noteNotStarted shortToGo',
    uses: 'utils/wording/bulk.ts utils/wording/bulk-item.ts',
    states:
      'an item in the state pending: never given to the network, or taken back because no request had left',
  },
  {
    keys: 'endRunHint pausedResumeOrEnd',
    uses: 'components/bulk/JobButtons.tsx utils/wording/bulk-job.ts',
    states:
      'a job that can be stopped: the end waits for the requests in flight and sends no other; says nothing of the status',
  },
  {
    keys: 'pausedNothingSent pausedIntermediaryNext jobTabPaused',
    uses: 'utils/wording/bulk-job.ts components/bulk/JobProgress.tsx',
    states:
      'a paused job: the pause is written after the requests in flight are settled; only single reads look for an answer',
  },
  {
    keys: 'journalLost',
    uses: 'utils/stores/bulk-job.ts',
    states:
      'a job whose record is gone: a runner sends only what the journal has; past sends are said to be unknown',
  },
  {
    keys: 'reviewFailed reviewStopped reviewNothing noteOtherStatus searchFailed',
    uses: 'components/bulk/ReviewInterrupted.tsx components/bulk/ReviewActions.tsx utils/wording/bulk-line.ts utils/wording/finding.ts components/search/SearchInterrupted.tsx',
    states:
      'a review or a search, which only read; a code with another status is not among the codes to cancel',
  },
  {
    keys: 'createNotSent createTurnedAway createRefused',
    uses: 'utils/wording/replacement.ts',
    states:
      'a create that is not-sent, or that EnKash answered with a refusal; an unclear create has other texts',
  },
  {
    keys: 'idBadCharacter idTooShort idTooLong idSpreadsheet idSpreadsheetDate idRounded idBroken idCutOff idLink idNone idChooseColumn',
    uses: 'utils/wording/id-problem.ts',
    states:
      'a text without a sure ID: it is refused in the page or in the trigger, and no message asks for a request',
  },
  {
    keys: 'noticeNoIdBody noticeNoPageBody noticePartOfWord noticeCutBody noticeTooLargeBody',
    uses: 'entrypoints/background/triggers/selection-action.ts entrypoints/background/triggers/shortcuts.ts entrypoints/background/triggers/context-menu.ts',
    states:
      'a selection without a sure ID, or one that could not be taken as a whole: the action ends with the notification',
  },
  {
    keys: 'listTooLarge listLost',
    uses: 'utils/stores/popup-entry.ts utils/stores/bulk-incoming.ts',
    states:
      'a list that did not reach the workbench: a list is sent nowhere before its review and its question',
  },
  {
    keys: 'policyFailing',
    uses: 'utils/wording/policy.ts',
    states: 'the policy could not be read: every call needs it',
  },
  {
    keys: 'vaultDamaged vaultNewer vaultWeakened vaultClosed wrongPassphrase reasonKeysUnreadable',
    uses: 'utils/wording/vault.ts utils/wording/gateway.ts components/options/AccountForm.tsx utils/stores/onboarding.ts',
    states:
      'the vault could not be opened: no keys for a request, and a record that can’t be opened is not written',
  },
  {
    keys: 'protectFailed protectForbidden retentionRefused',
    uses: 'utils/wording/vault.ts utils/stores/options-protection.ts utils/stores/options-history.ts',
    states:
      'the worker answered that it did not do it, or the page was busy and did not ask; without an answer: noAnswerFromBackground',
  },
  {
    keys: 'reasonSignInUnavailable reasonSignInHttp',
    uses: 'utils/wording/gateway.ts utils/wording/bulk-job.ts',
    states: 'a failed sign-in: no answer of EnKash removes keys from the vault',
  },
  {
    keys: 'removeText eraseText forgetText retention keepAsIs',
    uses: 'components/options/ConfirmDialog.tsx',
    states: 'a question before something is deleted from this browser: the deletion makes no call to EnKash',
  },
  {
    keys: 'tryIdHint stepTestText stepTryText omniboxStart omniboxHow',
    uses: 'components/options/AccountForm.tsx components/options/GettingStarted.tsx entrypoints/background/triggers/omnibox.ts components/options/KeyboardHelp.tsx',
    states: 'beside an action that only reads: the connection check, the first steps, the address bar',
  },
  {
    keys: 'bulkNoAccount bulkLocked searchNoAccount searchLocked findNoAccount findLocked',
    uses: 'components/bulk/BulkTab.tsx components/search/SearchTab.tsx components/find/FindTab.tsx',
    states: 'the page holds the list, the search or the pictures in memory while no account is ready',
  },
  {
    keys: 'journalNewer exportFailed',
    uses: 'utils/wording/journal.ts components/shared/ExcelButton.tsx',
    states:
      'a database that a newer version wrote is never opened for writing; an export makes no call to EnKash',
  },
  {
    keys: 'picturePrivacy cameraTimedOut',
    uses: 'components/find/FindTab.tsx utils/wording/finding.ts',
    states:
      'pictures are decoded in the page; only the texts in them are compared, with codes that were loaded',
  },
  {
    keys: 'replacementOf',
    uses: 'components/search/ReplacementDialog.tsx',
    states: 'the form for a replacement, which opens for cancelled codes only; a cancel can’t be undone',
  },
  {
    keys: 'jobOverdue noticePlannedLate',
    uses: 'utils/wording/bulk-job.ts utils/wording/notice.ts utils/wording/planned.ts',
    states:
      'a planned job that is overdue: it has had no runner, and gets none before the operator starts it',
  },
  {
    keys: 'reasonNotActive',
    uses: 'utils/wording/gateway.ts',
    states:
      'a planned cancel that was never sent: the check just before it showed another status than ACTIVE',
  },
  {
    keys: 'dropText planDropped historyDropped historyWaits',
    uses: 'components/bulk/PlannedDialog.tsx utils/stores/planned.ts components/history/HistoryTable.tsx',
    states:
      'a planned job that waits or was dropped: it was never started, and only a job that was started sends; a drop that came too late has another text',
  },
  {
    keys: 'planKept countdownText',
    uses: 'utils/stores/planned.ts components/shared/StartCountdown.tsx',
    states:
      'a job that counts down, or that was dropped before its countdown was over: it sends nothing before its start',
  },
  {
    keys: 'keepHistoryHint operatorNameHint breakBeginning chainWhole createWarning differences printNotCancelled',
    uses: 'components/options/DataSettings.tsx components/options/OperatorField.tsx utils/wording/history.ts components/history/IntegrityStatus.tsx components/search/CreateDialog.tsx components/search/CreateOutcomeView.tsx components/bulk/PrintSummary.tsx',
    states: 'no promise about a QR code: a rule of the history, its proof, a warning, a heading',
  },
];

const stemOf = (key: string) => key.replace(/(?:One|Other)$/, '');
const isPair = (key: string) => key !== stemOf(key) && `${stemOf(key)}Other` in messages;
const nameOf = (key: string) => (isPair(key) ? stemOf(key) : key);
const wordsOf = (list: string) => list.split(' ');
const listed = PROMISES.flatMap(({ keys }) => wordsOf(keys));

const sources = ['components', 'entrypoints', 'utils'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => ({ file, code: readFileSync(join(ROOT, file), 'utf8') })),
);

/** The files that show a text. A name of a pair may also be another word of the code; then only `plural` counts. */
function usesOf(name: string): string[] {
  const having = (part: string) => sources.filter(({ code }) => code.includes(part)).map(({ file }) => file);
  const plurals = having(`plural('${name}'`);
  return plurals.length > 0 ? plurals : having(`'${name}'`);
}

describe('texts that promise that nothing happened', () => {
  it('are all in the table', () => {
    const promising = texts.filter(([, { message }]) => PROMISE.test(message)).map(([key]) => nameOf(key));
    expect(promising.length).toBeGreaterThan(60);
    expect([...new Set(promising)].filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('are in the table once, and still promise something', () => {
    const promises = (name: string) =>
      texts.some(([key, { message }]) => nameOf(key) === name && PROMISE.test(message));
    expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
    expect(listed.filter((name) => !promises(name))).toEqual([]);
  });

  it.each(PROMISES)('are shown only where the table says: $keys', ({ keys, uses, states }) => {
    const actual = new Set(wordsOf(keys).flatMap(usesOf));
    expect([...actual].toSorted()).toEqual(wordsOf(uses).toSorted());
    expect(states.length).toBeGreaterThan(30);
  });
});
