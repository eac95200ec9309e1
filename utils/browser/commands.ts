/** Which key is suggested on macOS; elsewhere it is Alt and Shift with the same letter. */
function suggested(letter: string) {
  return { default: `Alt+Shift+${letter}`, mac: `MacCtrl+Shift+${letter}` };
}

/**
 * The keyboard commands, as the manifest names them. Why these keys: docs/decisions.md. The cancel's is far from the
 * other two, so that no slip of a finger presses it.
 */
export const COMMANDS = {
  _execute_action: { description: '__MSG_commandOpen__', suggested_key: suggested('U') },
  'check-selected-id': { description: '__MSG_commandCheck__', suggested_key: suggested('Y') },
  'cancel-selected-id': { description: '__MSG_commandCancel__', suggested_key: suggested('L') },
};

export type CommandName = keyof typeof COMMANDS;

/** What is typed in the address bar, before a space and an id. */
export const OMNIBOX_KEYWORD = 'qr';
