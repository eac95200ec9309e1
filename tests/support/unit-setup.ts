import 'fake-indexeddb/auto';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

const texts: Readonly<Record<string, { message: string }>> = messages;

// The fake browser has no messages, so this reads the extension's, as browsers do.
fakeBrowser.i18n.getMessage = (name: string, substitutions: string | (string | number)[] = []) =>
  (texts[name]?.message ?? '').replace(/\$(\d)/g, (_, digit) =>
    String([substitutions].flat()[Number(digit) - 1] ?? ''),
  );
