import { type CommandName, OMNIBOX_KEYWORD } from '../../utils/browser/commands.ts';
import type { Shortcut } from '../../utils/browser/shortcuts.ts';
import { type MessageKey, t } from '../../utils/i18n/i18n.ts';
import './keyboard-help.css';
import { Button } from '../ui/Button.tsx';

const TITLES: Readonly<Record<CommandName, MessageKey>> = {
  _execute_action: 'commandOpen',
  'check-selected-id': 'commandCheck',
  'cancel-selected-id': 'commandCancel',
};

interface KeyboardHelpProps {
  shortcuts: readonly Shortcut[];
  /** Opens the browser's page for shortcuts; `undefined` if the browser does not permit that. */
  onChange: (() => void) | undefined;
}

/** The keyboard commands with their current shortcuts. */
export function KeyboardHelp({ shortcuts, onChange }: KeyboardHelpProps) {
  return (
    <div class="card stack">
      <p>{t('keyboardText')}</p>
      <dl class="shortcuts">
        {shortcuts.map(({ command, keys }) => (
          <div key={command}>
            <dt>{t(TITLES[command])}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : <span class="quiet">{t('keysNone')}</span>}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{t('keyboardAsks')}</p>
      {onChange ? (
        <div>
          <Button onClick={onChange}>{t('changeShortcuts')}</Button>
        </div>
      ) : (
        <p>{t('changeShortcutsFirefox')}</p>
      )}
      <p>{t('omniboxHow', OMNIBOX_KEYWORD)}</p>
    </div>
  );
}
