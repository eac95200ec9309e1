import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterId } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('the text in the popup', () => {
  it('is kept if the popup closes during the confirmation, and cleared with the result', async () => {
    const id = kit.nextId();
    let popup = await kit.openPopup();
    await enterId(popup, `ID: ${id}`, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await popup.close();
    popup = await kit.openPopup();
    expect(await textOf(popup, 'textbox', 'QR code ID')).toBe(id);
    expect(await hasRole(popup, 'alertdialog')).toBe(false);
    expect(kit.patches(id)).toEqual([]);
    await clickRole(popup, 'button', 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    await popup.close();
    popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    expect(await textOf(popup, 'textbox', 'QR code ID')).toBe('');
  });

  it('is kept after a failed check', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'reject', code: 500, message: 'Later' } });
    let popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, 'Could not check the QR code');
    await popup.close();
    popup = await kit.openPopup();
    expect(await textOf(popup, 'textbox', 'QR code ID')).toBe(id);
  });
});
