/** The suggested shortcut: Control and Shift with the letter on macOS, else Alt and Shift. */
function suggested(letter: string) {
  return { default: `Alt+Shift+${letter}`, mac: `MacCtrl+Shift+${letter}` };
}

/**
 * The keyboard commands, as the manifest names them. docs/decisions.md gives the reasons for these keys. The key of the
 * cancel is far from the other two, so that it is not pressed by a slip.
 */
export const COMMANDS = {
  _execute_action: { description: '__MSG_commandOpen__', suggested_key: suggested('U') },
  'check-selected-id': { description: '__MSG_commandCheck__', suggested_key: suggested('Y') },
  'cancel-selected-id': { description: '__MSG_commandCancel__', suggested_key: suggested('L') },
};

export type CommandName = keyof typeof COMMANDS;

/** The keyword for the address bar, before a space and an id. */
export const OMNIBOX_KEYWORD = 'qr';
