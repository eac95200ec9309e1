import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';

const MISSING = 'A part of this page is missing, perhaps because the extension was updated.';

let extensionDir: string;
let kit: ChromiumFixture;
beforeAll(async () => {
  extensionDir = mkdtempSync(join(tmpdir(), 'qr-cancel-build-'));
  cpSync('.output/chrome-mv3', extensionDir, { recursive: true });
  kit = await openChromiumFixture({ extensionDir });
});
afterAll(async () => {
  await kit?.close();
  rmSync(extensionDir, { recursive: true, force: true });
});

/** Takes a script of the build away, as an update does, until the returned function is called. */
function takeAway(name: string): () => void {
  const chunks = join(extensionDir, 'chunks');
  const file = readdirSync(chunks).find((each) => each.startsWith(`${name}-`));
  if (!file) throw new Error(`The build has no script ${name}.`);
  const [at, away] = [join(chunks, file), join(extensionDir, file)];
  renameSync(at, away);
  return () => renameSync(away, at);
}

it.each(['Results', 'popup-requests'])(
  'a popup whose script %s is missing says so, keeps the text, and works after another try',
  async (script) => {
    const id = kit.nextId();
    const putBack = takeAway(script);
    const popup = await kit.openPopup();
    await waitForText(popup, MISSING);
    const field = await byRole(popup, 'textbox', 'QR code ID');
    await field.type(id);
    await clickRole(popup, 'button', 'Cancel QR code…');
    expect(kit.patches()).toEqual([]);
    putBack();
    await Promise.all([popup.waitForNavigation(), clickRole(popup, 'button', 'Try again')]);
    await popup.waitForFunction((text) => document.querySelector('textarea')?.value === text, {}, id);
    await clickRole(popup, 'button', 'Check status');
    await waitForText(popup, /Active\. /);
    await popup.close();
  },
);
