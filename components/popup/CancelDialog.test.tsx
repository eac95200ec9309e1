// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CancelDialog } from './CancelDialog.tsx';
import { remarkOn } from './entry-words.ts';

const ID = 'QR26DU7U9NREWU';

afterEach(cleanup);

describe('the confirmation of a cancel', () => {
  function renderDialog(change: Partial<Parameters<typeof CancelDialog>[0]> = {}) {
    const on = { keep: vi.fn(), confirm: vi.fn() };
    const payload = { qrCodeId: ID, qrName: 'Counter 4', amount: 100_000, status: 'ACTIVE' };
    render(
      <CancelDialog
        qrCodeId={ID}
        account={{ id: 'a1', name: 'Chandni Chowk', environment: 'LIVE' }}
        read={{ kind: 'answered', code: 0, message: 'OK', payload }}
        busy={false}
        reasonRequired={false}
        onKeep={on.keep}
        onConfirm={on.confirm}
        {...change}
      />,
    );
    return { ...on, dialog: screen.getByRole('alertdialog', { name: 'Cancel this QR code?' }) };
  }

  it('shows id, name, amount, account, environment and status, and the warning', () => {
    const { dialog } = renderDialog();
    for (const text of [ID, 'Counter 4', '₹1,00,000', 'Chandni Chowk', 'LIVE', 'Active'])
      expect(within(dialog).getByText(text)).toBeDefined();
    expect(dialog.textContent).toContain(
      'Once it is cancelled, customers can’t pay with it any more. This cannot be undone.',
    );
  });

  it.each([
    ['Reason (optional)', false],
    ['Reason', true],
  ])('passes the reason on: %s', (name, reasonRequired) => {
    const { confirm } = renderDialog({ reasonRequired });
    const button = screen.getByRole('button', { name: 'Cancel QR code' });
    expect(button).toHaveProperty('disabled', reasonRequired);
    fireEvent.input(screen.getByRole('textbox', { name }), { target: { value: 'Leaked' } });
    fireEvent.click(button);
    expect(confirm).toHaveBeenCalledExactlyOnceWith('Leaked', undefined);
  });

  it('has no bare Cancel button, and focuses Keep active', async () => {
    renderDialog();
    const buttons = screen.getAllByRole('button');
    expect(buttons.map((button) => button.textContent)).toEqual(['Keep active', 'Cancel QR code']);
    await waitFor(() => expect(document.activeElement).toBe(buttons[0]));
  });

  it('A15 is dismissed by Keep active and by Esc without a cancel', () => {
    const { keep, confirm, dialog } = renderDialog();
    fireEvent.click(screen.getByRole('button', { name: 'Keep active' }));
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(keep).toHaveBeenCalledTimes(2);
    expect(confirm).not.toHaveBeenCalled();
  });

  it('A14 disables its buttons during the request', () => {
    const { keep, dialog } = renderDialog({ busy: true });
    for (const button of screen.getAllByRole('button')) expect(button).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Cancelling…' })).toBeDefined();
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(keep).not.toHaveBeenCalled();
  });

  it('shows the remark on how the id was found', () => {
    const partOf = { selected: 'STORE12', word: 'STORE12-01' };
    const { dialog } = renderDialog({ remark: remarkOn({ partOf, note: { code: 'upi' } }) });
    expect(dialog.textContent).toContain(
      'You selected “STORE12”, which is only a part of “STORE12-01”. It is the reference in a UPI link',
    );
    expect(remarkOn({ partOf: undefined, note: undefined })).toBeUndefined();
  });

  it('says that the details could not be loaded', () => {
    const { dialog } = renderDialog({ read: { kind: 'ambiguous', reason: 'connection' } });
    expect(dialog.textContent).toContain('The details could not be loaded');
    expect(within(dialog).getByText(ID)).toBeDefined();
  });

  it.each([
    [{ status: 'SUSPENDED' }, 'The status is unknown: “SUSPENDED”.'],
    [{ status: 'x\u202ey' }, 'The status is unknown: “x‹U+202E›y”.'],
    [{}, 'EnKash gave no status.'],
  ])('A51 shows what is unknown about a code with %j', (payload, text) => {
    const { dialog } = renderDialog({ read: { kind: 'answered', code: 0, message: '', payload } });
    expect(dialog.textContent).toContain(text);
  });
});
