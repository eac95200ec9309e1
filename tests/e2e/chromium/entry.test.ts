import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { drawnRows, waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId, paste } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('A1 empty text', () => {
  it.each(['', '   '])('“%s” shows a field error and sends nothing', async (text) => {
    const popup = await kit.openPopup();
    await enterId(popup, text, 'Check status');
    await waitForText(popup, 'Enter a QR code ID.');
    await clickRole(popup, 'button', 'Cancel QR code…');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});

describe('A2 invalid ids', () => {
  it.each([
    ['.', '“.”'],
    ['..', '“.”'],
    ['../x', '“.”'],
    ['%2e%2e', '“%”'],
    ['a/b', '“/”'],
    ['a\\b', '“\\”'],
    ['a?b', '“?”'],
    ['a#b', '“#”'],
    ['a;b', '“;”'],
    ['QR26\t7U9N', 'U+0009 TAB'],
    ['QR26\u00007U9N', 'U+0000 NULL'],
  ])('%j is refused with the character named, and nothing is sent', async (text, named) => {
    const popup = await kit.openPopup();
    await paste(popup, 'QR code ID', text);
    for (const button of ['Check status', 'Cancel QR code…']) {
      await clickRole(popup, 'button', button);
      const alert = await textOf(popup, 'alert');
      expect(alert).toContain('not a QR code ID');
      expect(alert).toContain(named);
    }
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});

describe('A3 text copied with an id', () => {
  it.each([
    (id: string) => `  ${id}\n`,
    (id: string) => `\ufeff${id}`,
    (id: string) => `“${id}”,`,
    (id: string) => `[${id}].`,
    (id: string) => `ID: ${id}`,
    (id: string) => `https://dashboard.example.in/qr-codes/${id}?tab=payments`,
  ])('is taken off, and the id alone is shown before anything happens', async (wrap) => {
    const [id = ''] = [...kit.sandbox.qrCodes.all('UAT')].map(({ qrCodeId }) => String(qrCodeId));
    const popup = await kit.openPopup();
    await paste(popup, 'QR code ID', wrap(id));
    await waitForText(popup, `ID found: ${id}`);
    expect(kit.sandbox.requests.all()).toEqual([]);
    await clickRole(popup, 'button', 'Check status');
    await byRole(popup, 'region', 'QR code details');
    expect(kit.callsFor(id)).toEqual(['GET 200']);
  });
});

describe('several ids', () => {
  it('open the workbench with only these, which reads them and cancels nothing', async () => {
    const ids = [kit.nextId(), kit.nextId(), kit.nextId()];
    const popup = await kit.openPopup();
    await typeInto(popup, 'QR code ID', `Please end ${ids.join(' and ')} today`);
    await clickRole(popup, 'button', 'Review 3 IDs');
    const workbench = await kit.chromium.waitForPage('workbench.html');
    await waitForSummary(workbench, '3 will be cancelled');
    const [, ...lines] = await drawnRows(workbench);
    for (const [index, id] of ids.entries()) expect(lines[index]).toMatch(new RegExp(`^\\d+ \\| ${id} \\|`));
    for (const id of ids) expect(kit.callsFor(id)).toEqual(['GET 200']);
  });
});
