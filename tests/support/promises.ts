/** A test that shows the texts `of` these keys, and compares them with the sandbox's log or the codes' status. */
export interface Proof {
  file: string;
  /** The title, with its placeholders. */
  test: string;
  of: string;
}

export interface PromiseRow {
  keys: string;
  uses: string;
  states: string;
  proofs?: readonly Proof[];
  /** Keys that promise nothing about a QR code or about sending. */
  local?: string;
  /** Keys without a test: only Firefox cuts a selection, and its tests can read every page that they open. */
  unproved?: string;
}

/**
 * The states in which each of these texts can be shown, and the reason why it is true there. `uses` are the only files that
 * may show it: another use is another state. A key without `One` or `Other` means both.
 */
export const PROMISES: readonly PromiseRow[] = [
  {
    keys: 'nothingChanged reasonJournal shortNotSent partNotSent',
    uses: 'utils/wording/outcome.ts utils/wording/gateway.ts utils/wording/outcome-kind.ts',
    states:
      'a cancel that is not-sent: it was refused here, before a request was made, or no request left the browser',
    proofs: [
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'after a cancel that is not sent: %s',
        of: 'nothingChanged shortNotSent',
      },
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'after a cancel that could not be recorded',
        of: 'reasonJournal',
      },
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'leaves a code alone that is no longer active: reasonNotActive, shortNotSent, partNotSent',
        of: 'partNotSent',
      },
    ],
  },
  {
    keys: 'turnedAway outcomeNotCancelled',
    uses: 'utils/wording/outcome.ts utils/wording/outcome-title.ts',
    states:
      'EnKash refused the caller (keys, sign-in, rate), or does not know the code, or a read after a refusal showed it ACTIVE; nothing was sent before or after that could have taken effect',
    proofs: [
      { file: 'utils/wording/promises-by-log.test.ts', test: '%s', of: 'turnedAway' },
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'after a refusal: a read after it showed the code active',
        of: 'outcomeNotCancelled',
      },
    ],
  },
  {
    keys: 'stillActive notReadAfter',
    uses: 'utils/wording/outcome.ts',
    states:
      'after a cancel: a read showed ACTIVE after it (dated by “after that”), or that read failed and nothing is claimed',
    proofs: [
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'after an unclear cancel: by a read that came later',
        of: 'stillActive',
      },
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'is not said if the read after a refusal failed: it is not known whether the code is active',
        of: 'notReadAfter',
      },
    ],
  },
  {
    keys: 'notSentAgain',
    uses: 'utils/wording/outcome.ts utils/wording/replacement.ts',
    states:
      'an attempt that the worker’s end interrupted: the next worker only reads, and sends it no second time',
    proofs: [
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'after a cancel that the worker’s end interrupted: the next worker only reads',
        of: 'notSentAgain',
      },
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: '“It was not sent again.”: after an unclear answer',
        of: '',
      },
    ],
  },
  {
    keys: 'checkedNothingChanged loadFailedText',
    uses: 'utils/wording/check.ts components/shared/LoadError.tsx components/shared/UnlockForm.tsx utils/stores/onboarding.ts utils/stores/popup-results.ts utils/stores/options-tasks.ts utils/wording/journal.ts',
    states:
      'a check, a connection check, an unlocking or the loading of a page that failed: none of them sends a cancel or a create',
    proofs: [
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'after a check that failed: %s',
        of: 'checkedNothingChanged',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: '%s without a worker: loadFailedText',
        of: 'loadFailedText',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a check without an answer of the worker: loadFailedText',
        of: '',
      },
    ],
  },
  {
    keys: 'startNothing columnAsk',
    uses: 'utils/wording/start-problem.ts components/bulk/ListNotes.tsx',
    states:
      'a job that the worker refused to create, or a list that was not reviewed: a job sends only after it was created',
    proofs: [
      {
        file: 'tests/e2e/chromium/bulk-stops.test.ts',
        test: 'show the same job, and refuse a second one',
        of: 'startNothing',
      },
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'is not created beside another one: startNothing',
        of: '',
      },
      {
        file: 'tests/e2e/chromium/bulk-review.test.ts',
        test: 'A59 reads nothing before a column is chosen, and names it in review, confirmation, history and exports',
        of: 'columnAsk',
      },
    ],
  },
  {
    keys: 'preparedSoFar',
    uses: 'components/bulk/BulkDialog.tsx',
    states: 'a list that is being written before its confirmation is sent: a job sends only after that',
    proofs: [
      {
        file: 'tests/e2e/chromium/bulk-long-list.test.ts',
        test: 'can be stopped while it is written, survives no worker, and then runs when confirmed again: preparedSoFar',
        of: 'preparedSoFar',
      },
    ],
  },
  {
    keys: 'partNotStarted shortNotStarted noteNotStarted shortToGo',
    uses: 'utils/wording/bulk.ts utils/wording/bulk-item.ts',
    states:
      'an item in the state pending: never given to the network, or taken back because no request had left',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'that is paused, closed and stopped for good sends nothing more: pausedNothingSent to noteNotStarted',
        of: 'partNotStarted shortNotStarted noteNotStarted',
      },
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'shows a code as not sent yet before its first request: shortToGo',
        of: 'shortToGo',
      },
    ],
  },
  {
    keys: 'endRunHint pausedResumeOrEnd',
    uses: 'components/bulk/JobButtons.tsx utils/wording/bulk-job.ts',
    states:
      'a job that can be stopped: the end waits for the requests in flight and sends no other; says nothing of the status',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'that is paused, closed and stopped for good sends nothing more: pausedNothingSent to noteNotStarted',
        of: 'endRunHint',
      },
      {
        file: 'tests/e2e/chromium/bulk-faults.test.ts',
        test: 'the job pauses after five, shows them, and can be resumed and ended',
        of: 'pausedResumeOrEnd',
      },
    ],
  },
  {
    keys: 'pausedNothingSent pausedIntermediaryNext jobTabPaused',
    uses: 'utils/wording/bulk-job.ts components/bulk/JobProgress.tsx',
    states:
      'a paused job: the pause is written after the requests in flight are settled; only single reads look for an answer',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'that is paused, closed and stopped for good sends nothing more: pausedNothingSent to noteNotStarted',
        of: 'pausedNothingSent jobTabPaused',
      },
      {
        file: 'tests/e2e/chromium/bulk-faults.test.ts',
        test: 'the job pauses, loses no code, and resumes by itself once EnKash answers',
        of: 'pausedIntermediaryNext',
      },
    ],
  },
  {
    keys: 'journalLost',
    uses: 'utils/stores/bulk-job.ts',
    states:
      'a job whose record is gone: a runner sends only what the journal has; past sends are said to be unknown',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'whose record is lost ends, and a new list leaves cancelled codes alone: journalLost',
        of: 'journalLost',
      },
    ],
  },
  {
    keys: 'reviewFailed reviewStopped reviewNothing noteOtherStatus searchFailed',
    uses: 'components/bulk/ReviewInterrupted.tsx components/bulk/ReviewActions.tsx utils/wording/bulk-line.ts utils/wording/finding.ts components/search/SearchInterrupted.tsx',
    states:
      'a review or a search, which only read; a code with another status is not among the codes to cancel',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'that fails cancels nothing: reviewFailed',
        of: 'reviewFailed',
      },
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'cancels nothing, also if it is stopped: reviewStopped',
        of: 'reviewStopped',
      },
      {
        file: 'tests/e2e/chromium/bulk.test.ts',
        test: 'can be started again after the report',
        of: 'reviewNothing',
      },
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'leaves a code of another status as it is: noteOtherStatus',
        of: 'noteOtherStatus',
      },
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'that fails changes nothing: searchFailed',
        of: 'searchFailed',
      },
    ],
  },
  {
    keys: 'createNotSent createTurnedAway createRefused',
    uses: 'utils/wording/replacement.ts',
    states:
      'a create that is not-sent, or that EnKash answered with a refusal; an unclear create has other texts',
    proofs: [
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: '“Nothing was sent. No QR code was created.”: %s',
        of: 'createNotSent',
      },
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: '“EnKash did not take the request. No QR code was created.”: %s',
        of: 'createTurnedAway',
      },
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: '“EnKash refused it. No QR code was created.”',
        of: 'createRefused',
      },
    ],
  },
  {
    keys: 'idBadCharacter idTooShort idTooLong idSpreadsheet idSpreadsheetDate idRounded idBroken idCutOff idLink idNone idChooseColumn',
    uses: 'utils/wording/id-problem.ts',
    states:
      'a text without a sure ID: it is refused in the page or in the trigger, and no message asks for a request',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: '%j: %s',
        of: 'idBadCharacter idTooShort idTooLong idSpreadsheet idSpreadsheetDate idRounded idBroken idCutOff idLink idNone idChooseColumn',
      },
    ],
  },
  {
    keys: 'noticeNoIdBody noticeNoPageBody noticePartOfWord noticeCutBody noticeTooLargeBody',
    uses: 'entrypoints/background/triggers/selection-action.ts entrypoints/background/triggers/shortcuts.ts entrypoints/background/triggers/context-menu.ts',
    states:
      'a selection without a sure ID, or one that could not be taken as a whole: the action ends with the notification',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a selection without an ID: noticeNoIdBody',
        of: 'noticeNoIdBody',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a shortcut on a page that cannot be read: noticeNoPageBody',
        of: 'noticeNoPageBody',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a selection within a word that is no ID: noticePartOfWord',
        of: 'noticePartOfWord',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a selection that is too large to hand over: noticeTooLargeBody',
        of: 'noticeTooLargeBody',
      },
    ],
    unproved: 'noticeCutBody',
  },
  {
    keys: 'listTooLarge listLost',
    uses: 'utils/stores/popup-check.ts utils/stores/bulk-incoming.ts',
    states:
      'a list that did not reach the workbench: a list is sent nowhere before its review and its question',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a list that is too large for the popup: listTooLarge',
        of: 'listTooLarge',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a list that was lost on the way: listLost',
        of: 'listLost',
      },
    ],
  },
  {
    keys: 'policyFailing',
    uses: 'utils/wording/policy.ts',
    states: 'the policy could not be read: every call needs it',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a policy that the browser does not hand over: policyFailing',
        of: 'policyFailing',
      },
    ],
  },
  {
    keys: 'vaultDamaged vaultNewer vaultWeakened vaultClosed wrongPassphrase reasonKeysUnreadable',
    uses: 'utils/wording/vault.ts utils/wording/gateway.ts components/options/AccountForm.tsx utils/stores/onboarding.ts',
    states:
      'the vault could not be opened: no keys for a request, and a record that can’t be opened is not written',
    proofs: [
      {
        file: 'tests/e2e/chromium/stored-vault.test.ts',
        test: '%s: is reported, not used, and not changed',
        of: 'vaultDamaged vaultNewer vaultWeakened',
      },
      {
        file: 'tests/e2e/chromium/stored-vault.test.ts',
        test: 'swapped between two accounts, or moved to the other environment: is refused and not changed',
        of: 'reasonKeysUnreadable',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'a passphrase that is refused: wrongPassphrase',
        of: 'wrongPassphrase',
      },
    ],
    local: 'vaultClosed',
  },
  {
    keys: 'protectFailed protectForbidden retentionRefused',
    uses: 'utils/wording/vault.ts utils/stores/options-protection.ts utils/stores/options-history.ts',
    states:
      'the worker answered that it did not do it, or the page was busy and did not ask; without an answer: noAnswerFromBackground',
    local: 'protectFailed protectForbidden retentionRefused',
  },
  {
    keys: 'reasonSignInUnavailable reasonSignInHttp',
    uses: 'utils/wording/gateway.ts utils/wording/bulk-job.ts',
    states: 'a failed sign-in: no answer of EnKash removes keys from the vault',
    proofs: [
      {
        file: 'utils/wording/promises-by-log.test.ts',
        test: 'after a sign-in that failed: %s',
        of: 'reasonSignInUnavailable reasonSignInHttp',
      },
    ],
  },
  {
    keys: 'removeText eraseText forgetText retention keepAsIs',
    uses: 'components/options/ConfirmDialog.tsx',
    states: 'a question before something is deleted from this browser: the deletion makes no call to EnKash',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: '“Nothing changes at EnKash”: eraseText, removeText and forgetText',
        of: 'removeText eraseText forgetText',
      },
      {
        file: 'tests/e2e/chromium/retention.test.ts',
        test: 'asks before it erases older rows, and changes nothing at EnKash: retention',
        of: 'retention',
      },
    ],
    local: 'keepAsIs',
  },
  {
    keys: 'tryIdHint stepTestText stepTryText omniboxStart omniboxHow',
    uses: 'components/options/AccountForm.tsx components/options/GettingStarted.tsx entrypoints/background/triggers/omnibox.ts components/options/KeyboardHelp.tsx',
    states: 'beside an action that only reads: the connection check, the first steps, the address bar',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'the connection check with a code to try: tryIdHint',
        of: 'tryIdHint',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'the first steps: stepTestText and stepTryText',
        of: 'stepTestText stepTryText',
      },
      {
        file: 'tests/e2e/chromium/promises.test.ts',
        test: 'the address bar: omniboxStart and omniboxHow',
        of: 'omniboxStart omniboxHow',
      },
    ],
  },
  {
    keys: 'bulkNoAccount bulkLocked searchNoAccount searchLocked findNoAccount findLocked',
    uses: 'components/bulk/BulkTab.tsx components/search/SearchTab.tsx components/find/FindTab.tsx',
    states: 'the page holds the list, the search or the pictures in memory while no account is ready',
    local: 'bulkNoAccount bulkLocked searchNoAccount searchLocked findNoAccount findLocked',
  },
  {
    keys: 'journalNewer exportFailed',
    uses: 'utils/wording/journal.ts components/shared/ExportButton.tsx',
    states:
      'a database that a newer version wrote is never opened for writing; an export makes no call to EnKash',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'whose file could not be made changed nothing at EnKash: exportFailed',
        of: 'exportFailed',
      },
    ],
    local: 'journalNewer',
  },
  {
    keys: 'picturePrivacy cameraTimedOut',
    uses: 'components/find/FindTab.tsx utils/wording/finding.ts',
    states:
      'pictures are decoded in the page; only the texts in them are compared, with codes that were loaded',
    proofs: [
      {
        file: 'tests/e2e/chromium/picture-leaks.test.ts',
        test: 'are in no request to the gateway, which reads codes and cancels only the confirmed one',
        of: 'picturePrivacy',
      },
    ],
    local: 'cameraTimedOut',
  },
  {
    keys: 'replacementOf',
    uses: 'components/search/ReplacementDialog.tsx',
    states: 'the form for a replacement, which opens for cancelled codes only; a cancel can’t be undone',
    proofs: [
      {
        file: 'tests/e2e/chromium/replacement.test.ts',
        test: 'is filled in from the cancelled code, confirmed, created once, and shown',
        of: 'replacementOf',
      },
    ],
  },
  {
    keys: 'jobOverdue noticePlannedLate',
    uses: 'utils/wording/bulk-job.ts utils/wording/notice.ts utils/wording/planned.ts',
    states:
      'a planned job that is overdue: it has had no runner, and gets none before the operator starts it',
    proofs: [
      {
        file: 'tests/e2e/chromium/planned-jobs.test.ts',
        test: 'later asks first: it tells so and sends nothing until the operator starts it',
        of: 'jobOverdue noticePlannedLate',
      },
    ],
  },
  {
    keys: 'reasonNotActive',
    uses: 'utils/wording/gateway.ts',
    states:
      'a planned cancel that was never sent: the check just before it showed another status than ACTIVE',
    proofs: [
      {
        file: 'tests/e2e/chromium/promises-of-lists.test.ts',
        test: 'leaves a code alone that is no longer active: reasonNotActive, shortNotSent, partNotSent',
        of: 'reasonNotActive',
      },
    ],
  },
  {
    keys: 'dropText planDropped historyDropped historyWaits',
    uses: 'components/bulk/PlannedDialog.tsx utils/stores/planned.ts components/history/HistoryTable.tsx',
    states:
      'a planned job that waits or was dropped: it was never started, and only a job that was started sends; a drop that came too late has another text',
    proofs: [
      {
        file: 'tests/e2e/chromium/planned.test.ts',
        test: 'is on screen with its time, gets another time, and is dropped without a PATCH',
        of: 'dropText planDropped',
      },
      {
        file: 'tests/e2e/chromium/planned.test.ts',
        test: 'has a row in the history, which says when it was dropped',
        of: 'historyDropped historyWaits',
      },
    ],
  },
  {
    keys: 'planKept countdownText',
    uses: 'utils/stores/planned.ts components/shared/StartCountdown.tsx',
    states:
      'a job that counts down, or that was dropped before its countdown was over: it sends nothing before its start',
    proofs: [
      {
        file: 'tests/e2e/chromium/planned.test.ts',
        test: 'is stopped in its last second, and no PATCH was sent',
        of: 'planKept countdownText',
      },
    ],
  },
  {
    keys: 'keepHistoryHint operatorNameHint breakBeginning chainWhole createWarning differences printNotCancelled',
    uses: 'components/options/DataSettings.tsx components/options/OperatorField.tsx utils/wording/history.ts components/history/IntegrityStatus.tsx components/search/CreateDialog.tsx components/search/CreateOutcomeView.tsx components/bulk/PrintSummary.tsx',
    states: 'no promise about a QR code: a rule of the history, its proof, a warning, a heading',
    local:
      'keepHistoryHint operatorNameHint breakBeginning chainWhole createWarning differences printNotCancelled',
  },
];
