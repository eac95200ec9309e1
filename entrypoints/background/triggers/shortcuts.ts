import { browser } from 'wxt/browser';
import type { CommandName } from '../../../utils/browser/commands.ts';
import { readSelectedText } from '../../../utils/browser/selection.ts';
import { t } from '../../../utils/i18n/i18n.ts';
import { closePopup } from '../../../utils/navigation/open-page.ts';
import { holdPendingActions } from '../../../utils/navigation/pending-action.ts';
import { notify } from '../browser/show-notification.ts';
import type { LoadServices } from '../load-services.ts';
import { handleSelection, openPopupEarly } from './selection-action.ts';

const ACTIONS: Partial<Record<string, 'check' | 'cancel'>> = {
  'check-selected-id': 'check',
  'cancel-selected-id': 'cancel',
} satisfies Partial<Record<CommandName, 'check' | 'cancel'>>;

/** A key held down repeats within this time (ms): first after 250 to 660, then about every 30. */
const KEY_REPEAT_WINDOW_MS = 1_000;

/** Runs the context menu's commands by shortcut. The selection is read only when the operator presses the key. */
export function registerKeyboard(loadServices: LoadServices): void {
  let last = { command: '', at: 0 };
  browser.commands.onCommand.addListener((command, tab) => {
    const before = last;
    last = { command, at: performance.now() };
    const isKeyRepeat = command === before.command && last.at - before.at < KEY_REPEAT_WINDOW_MS;
    const action = ACTIONS[command];
    if (action && !isKeyRepeat) void handleShortcut(loadServices, action, tab);
  });
}

async function handleShortcut(
  loadServices: LoadServices,
  action: 'check' | 'cancel',
  tab: { id?: number | undefined; windowId?: number | undefined } | undefined,
): Promise<void> {
  const reading = readSelectedText(tab?.id);
  const opened = openPopupEarly(tab?.windowId);
  const acting = reading.then(async (selection) => {
    if (selection !== undefined)
      return handleSelection(
        loadServices,
        { action, startedBy: 'shortcut' },
        { ...selection, isRead: true },
        tab?.windowId,
        opened,
      );
    await closePopup(opened.popup);
    return notify(() => ({ title: t('noticeNoPage'), message: t('noticeNoPageBody') }));
  });
  // An open popup looks for its pending action before the text has been read, so it has to wait.
  holdPendingActions(acting);
  return acting;
}
