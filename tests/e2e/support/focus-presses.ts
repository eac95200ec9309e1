/** Buttons that leave their page as it is, so they must keep the focus. They are pressed wherever they are first seen. */
export const STAYING = [
  /^Download /,
  /^Export /,
  /^Copy /,
  /^Print/,
  /^(Amount|Created|Expiry|Name|QR code ID|Reference|Status|Uses)$/,
];

/** Buttons that change their page for a moment, or back by another button of this list. */
export const HARMLESS = [
  /^Select (all N|none)$/,
  /^(Add a param|Remove param N)$/,
  /^Record complete/,
  /^a recent code$/,
  /^a (chosen )?reason$/,
  // The quick choices of a time.
  /^(In N h|Today N:N|Nst of next month N:N)$/,
  // A picture among those of a page.
  /^N$/,
];

/**
 * Buttons that change their page, pressed in this order in a state after which the walk leaves the page, or needs nothing of
 * it. The last buttons of a list restore what the walk needs.
 */
export const IN_STATE: Readonly<Record<string, readonly string[]>> = {
  'popup-no-answer': ['Try again'],
  'popup-outcome-unconfirmed': ['Check again'],
  'settings-first-run-done': ['Hide', 'Getting started'],
  'settings-no-answer': ['Try again'],
  'settings-connection-refused': ['Add another account'],
  'popup-scan-found': ['Check status: ID'],
  'bulk-no-answer': ['Try again'],
  'bulk-hidden-rows': ['Choose another column'],
  'bulk-left-out': ['Add ID to the list'],
  'bulk-reading-stopped': ['Continue checking', 'Stop checking'],
  'bulk-ended': ['New list'],
  'bulk-report-filtered': ['Check N again', 'Review N rejected again'],
  'find-camera': ['Stop the camera'],
  'find-list': ['Review N QR codes found…'],
  'history-no-match': ['Clear filters'],
  'search-wrong-filter': ['Clear filters'],
  'search-searching': ['Stop', 'Continue searching'],
  'search-details-failed': ['Try again'],
  'search-replacement-gate': ['Don’t create', 'Create QR code…'],
  'search-replacement-created': ['Load the new code'],
};

/** Buttons that are not pressed, each with the reason. */
export const EXCEPTIONS: readonly (readonly [button: RegExp, reason: string])[] = [
  [/^popup.html “Open settings”/, 'opens another page and closes the popup'],
  [/^popup.html “Review N IDs”/, 'opens another page and closes the popup'],
  [/^popup.html “Open in side panel”/, 'opens the panel and closes the popup'],
  [/^popup.html “Scan this page”/, 'needs the page below the popup: tests of scanning'],
  [/^popup.html “Stop”/, 'is gone once the reading is over: tests of scanning'],
  [/^popup.html “Run now”/, 'starts the cancel that the walk needs: tests of planned cancels'],
  [/^workbench.html#bulk dialog “(Set this time|Drop it)”/, 'closes its dialog: tests of planned cancels'],
  [/^options.html “Change shortcuts”/, 'opens a page of the browser'],
  [/^workbench.html#\w+ “(Bulk cancel|Search|Find|History)”/, 'a tab: the test without a mouse'],
  [/^workbench.html#search “Cancel N QR codes…”/, 'opens another tab: the test without a mouse'],
  [/^workbench.html#search dialog “Search for it”/, 'starts a search in place of the dialog'],
  [/^workbench.html#find “Review N QR code found…/, 'the same action as for several codes'],
  [/^workbench.html#\w+ “Unlock”/, 'the same form as in the popup and the settings'],
  [/^workbench.html#bulk “Review N not confirmed again”/, 'the same action as “Review N rejected again”'],
];
