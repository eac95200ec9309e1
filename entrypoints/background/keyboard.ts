import { browser } from 'wxt/browser';
import type { CommandName } from '../../utils/commands.ts';
import { decideHandOver } from '../../utils/hand-over.ts';
import { t } from '../../utils/i18n.ts';
import { closePopup } from '../../utils/open-page.ts';
import { readSelectedText } from '../../utils/selected-text.ts';
import { actOn, openEarly } from './act-on.ts';
import { notify } from './notifications.ts';
import type { Services } from './services.ts';

const ACTIONS: Partial<Record<string, 'check' | 'cancel'>> = {
  'check-selected-id': 'check',
  'cancel-selected-id': 'cancel',
} satisfies Partial<Record<CommandName, 'check' | 'cancel'>>;

/** Does with the selected text what the context menu does. It is read when the key is pressed, and at no other time. */
export function registerKeyboard(services: Services): void {
  browser.commands.onCommand.addListener((command, tab) => {
    const action = ACTIONS[command];
    if (action) void actOnSelection(services, action, tab?.id);
  });
}

async function actOnSelection(
  services: Services,
  action: 'check' | 'cancel',
  tabId: number | undefined,
): Promise<void> {
  const reading = readSelectedText(tabId);
  const opening = openEarly();
  const acting = reading.then(async (selection) => {
    if (selection !== undefined) return actOn(services, action, selection, opening);
    await closePopup(opening);
    return notify({ title: t('noticeNoPage'), message: t('noticeNoPageBody') });
  });
  // A popup that is open already looks for what was left before the text has been read.
  decideHandOver(acting);
  return acting;
}
