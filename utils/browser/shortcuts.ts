import { browser } from 'wxt/browser';
import { COMMANDS, type CommandName } from './commands.ts';

export interface Shortcut {
  command: CommandName;
  /** As this browser writes them (`Alt+Shift+U`, `⌃⇧U`); empty if the command has none. */
  keys: string;
}

/** The commands with their current keys. The operator may have changed a key, or another extension may have taken it. */
export async function readShortcuts(): Promise<Shortcut[]> {
  const all = await browser.commands.getAll();
  return (Object.keys(COMMANDS) as CommandName[]).map((command) => ({
    command,
    // Firefox alone names macOS's Control key as the manifest does.
    keys: (all.find(({ name }) => name === command)?.shortcut ?? '').replace('MacCtrl', 'Control'),
  }));
}

/** An API of Firefox 137 and later. */
interface FirefoxCommands {
  openShortcutSettings?: () => Promise<void>;
}

/** The function that opens the browser's shortcut settings; `undefined` in Firefox before 137, which has none. */
export function getShortcutSettingsOpener(): (() => Promise<unknown>) | undefined {
  if (!import.meta.env.FIREFOX) return () => browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
  return (browser.commands as FirefoxCommands).openShortcutSettings;
}
