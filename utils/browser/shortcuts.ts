import { browser } from 'wxt/browser';
import { COMMANDS, type CommandName } from './commands.ts';

export interface Shortcut {
  command: CommandName;
  /** As this browser writes them (`Alt+Shift+U`, `⌃⇧U`); empty where the command has none. */
  keys: string;
}

/** The commands with the keys they have now: the operator may have changed them, or another extension had them first. */
export async function readShortcuts(): Promise<Shortcut[]> {
  const all = await browser.commands.getAll();
  return (Object.keys(COMMANDS) as CommandName[]).map((command) => ({
    command,
    // Only Firefox names macOS's Control key like the manifest does.
    keys: (all.find(({ name }) => name === command)?.shortcut ?? '').replace('MacCtrl', 'Control'),
  }));
}

/** What only Firefox has, from 137 on. */
interface FirefoxCommands {
  openShortcutSettings?: () => Promise<void>;
}

/** Opens the browser's page for them; `undefined` where a page can't (Firefox before 137). */
export function getShortcutSettingsOpener(): (() => Promise<unknown>) | undefined {
  if (!import.meta.env.FIREFOX) return () => browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
  return (browser.commands as FirefoxCommands).openShortcutSettings;
}
