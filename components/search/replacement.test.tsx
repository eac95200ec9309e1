// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { watchedReplacing } from '../../tests/fixtures/replacement-actions.ts';
import type { NewQrCode } from '../../utils/enkash/create.ts';
import type { CreateResult } from '../../utils/qr-code/create.ts';
import { formFromQrCode } from '../../utils/qr-code/replacement-form.ts';
import type { Replacement } from '../../utils/stores/replacement-state.ts';
import { ReplacementDialog } from './ReplacementDialog.tsx';

afterEach(cleanup);

const REQUEST: NewQrCode = { qrName: 'Counter 4', multipleUse: true, amount: 500, customParams: [] };
const CREATED: CreateResult = {
  outcome: { kind: 'created', code: 0, message: 'SUCCESS' },
  qrCode: {
    qrCodeId: 'QR26NEW',
    status: 'ACTIVE',
    qrName: 'Counter 4',
    multipleUse: true,
    fixedAmount: true,
    amount: 500,
    qrCodeBase64: 'data:image/png;base64,iVBORw0KGgo=',
  },
};

function renderDialog(change: Partial<Replacement> = {}) {
  const actions = watchedReplacing();
  const replacement: Replacement = {
    account: { id: 'a1', name: 'Chandni Chowk', environment: 'LIVE' },
    replaces: 'QR26OLD',
    givenExpiry: '',
    form: formFromQrCode({
      qrName: 'Counter 4',
      multipleUse: true,
      amount: 500,
      customParams: { store: 'Pune' },
    }),
    problems: [],
    stage: 'form',
    typed: '',
    ...change,
  };
  render(<ReplacementDialog replacement={replacement} actions={actions} />);
  return actions;
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const type = (name: string, value: string) =>
  fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });

describe('the form of a replacement', () => {
  it('names the account and the code, and reports each change', () => {
    const actions = renderDialog();
    expect(screen.getByRole('heading').textContent).toContain('Chandni Chowk LIVE');
    expect(screen.getByText(/For QR26OLD, which stays cancelled/)).toBeDefined();
    type('Name', 'Counter 5');
    type('Value of param 1', 'Goa');
    fireEvent.click(screen.getByRole('radio', { name: 'Any amount' }));
    fireEvent.click(screen.getByRole('radio', { name: 'Single' }));
    press('Add a param');
    press('Remove param 1');
    expect(actions.change.mock.calls).toEqual([
      [{ qrName: 'Counter 5' }],
      [{ amountKind: 'any' }],
      [{ use: 'single' }],
    ]);
    expect(actions.changeParam).toHaveBeenCalledWith(0, { value: 'Goa' });
    expect(actions.addParam).toHaveBeenCalledTimes(1);
    expect(actions.removeParam).toHaveBeenCalledWith(0);
    press('Create QR code…');
    expect(actions.ask).toHaveBeenCalledTimes(1);
    expect(actions.confirm).not.toHaveBeenCalled();
  });

  it('has no amount field if the customer chooses the amount', () => {
    renderDialog({ form: formFromQrCode({ fixedAmount: false }) });
    expect(screen.queryByRole('textbox', { name: 'Amount in ₹' })).toBeNull();
  });

  it.each([
    ['', 'datetime-local'],
    ['2026-12-31T23:59:00.000', 'datetime-local'],
    ['31/12/2026', 'text'],
    ['2026-12-31T23:59:00Z', 'text'],
  ])('edits the expiry “%s” in an input of type %s', (expiry, kind) => {
    renderDialog({ givenExpiry: expiry, form: formFromQrCode({ expiry }) });
    expect(screen.getByLabelText('Expiry')).toHaveProperty('type', kind);
    // A picker drops trailing zeroes of a time.
    const { value } = screen.getByLabelText('Expiry') as HTMLInputElement;
    expect(expiry.startsWith(value)).toBe(true);
    expect(value === '').toBe(expiry === '');
  });

  it('shows each problem at its field, and the earlier attempt', () => {
    renderDialog({
      problems: [
        { field: 'amount', code: 'zero' },
        { field: 'use', code: 'required' },
        { field: 'params', index: 0, code: 'twice' },
        { field: 'params', code: 'too-many', limit: 100 },
      ],
      before: { attemptId: 7, qrCodeId: 'QR26FIRST' },
    });
    expect(screen.getByRole('textbox', { name: 'Amount in ₹' }).getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('textbox', { name: 'Name of param 1' }).getAttribute('aria-invalid')).toBe(
      'true',
    );
    expect(screen.getAllByRole('alert')).toHaveLength(4);
    expect(screen.getByText(/created already: QR26FIRST/)).toBeDefined();
  });
});

describe('the confirmation of a create', () => {
  it('requires the typed word, and is not confirmed by typing alone', () => {
    const actions = renderDialog({
      stage: 'asking',
      request: REQUEST,
      word: 'CREATE',
      before: { attemptId: 7 },
    });
    const question = screen.getByRole('alertdialog', { name: 'Create a QR code?' });
    expect(within(question).getByRole('alert').textContent).toContain('an earlier try created a QR code');
    expect(question.textContent).toMatch(/Chandni Chowk.*LIVE.*Counter 4.*₹500.*Multiple.*QR26OLD/);
    expect(within(question).getByRole('button', { name: 'Create QR code' })).toHaveProperty('disabled', true);
    type('Type CREATE to confirm', 'CREATE');
    expect(actions.setTyped).toHaveBeenCalledWith('CREATE');
    press('Don’t create');
    expect(actions.backToForm).toHaveBeenCalledTimes(1);
  });

  it('ignores the second click of a double click', () => {
    const actions = renderDialog({ stage: 'asking', request: REQUEST });
    for (const name of ['Create QR code', 'Don’t create'])
      fireEvent.click(screen.getByRole('button', { name }), { detail: 2 });
    expect(actions.confirm).not.toHaveBeenCalled();
    expect(actions.backToForm).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Create QR code' }), { detail: 1 });
    expect(actions.confirm).toHaveBeenCalledTimes(1);
  });

  it('can be confirmed once the word is typed, and not while the code is created', () => {
    const actions = renderDialog({ stage: 'asking', request: REQUEST, word: 'CREATE', typed: 'CREATE ' });
    press('Create QR code');
    expect(actions.confirm).toHaveBeenCalledTimes(1);
    cleanup();
    renderDialog({ stage: 'sending', request: REQUEST, word: 'CREATE', typed: 'CREATE' });
    expect(screen.getByRole('button', { name: 'Creating…' })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Don’t create' })).toHaveProperty('disabled', true);
  });
});

describe('the outcome of a create', () => {
  const ended = (result: CreateResult, change: Partial<Replacement> = {}) =>
    renderDialog({ stage: 'ended', request: REQUEST, result, ...change });

  it('shows the new code and EnKash’s message, without notes if everything matches the request', async () => {
    const actions = ended(CREATED);
    const announced = () => document.querySelector('[aria-live]')?.textContent;
    await waitFor(() => expect(announced()).toContain('EnKash said: “SUCCESS” (code 0).'));
    expect(screen.getByRole('img', { name: 'QR code QR26NEW' })).toBeDefined();
    expect(screen.queryByText(/not as you asked|does not say/)).toBeNull();
    for (const name of ['Copy QR code ID', 'Download image', 'Load the new code']) press(name);
    expect(actions.copyId).toHaveBeenCalledTimes(1);
    expect(actions.saveImage).toHaveBeenCalledTimes(1);
    expect(actions.refreshNewCode).toHaveBeenCalledTimes(1);
  });

  it('compares the new code with the request, and prefers a later read to the response', () => {
    ended({ ...CREATED, qrCode: { qrCodeId: 'QR26NEW', amount: 5 } });
    expect(screen.getByRole('alert').textContent).toContain('you asked for ₹500, EnKash says ₹5.');
    expect(screen.getByText(/does not say: Status, Name, Uses\. Press/)).toBeDefined();
    expect(screen.getByText(/no image of it\. Press/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Print' })).toHaveProperty('disabled', true);
    cleanup();
    const payload = { ...CREATED.qrCode, qrName: undefined, qrCodeBase64: undefined };
    ended(CREATED, { read: { kind: 'answered', code: 0, message: '', payload } });
    expect(screen.getByText('EnKash did not give: Name.')).toBeDefined();
    expect(screen.getByText('EnKash gives no image of it.')).toBeDefined();
  });

  it('explains why the new code could not be loaded, and keeps the known fields', () => {
    ended(CREATED, { read: { kind: 'ambiguous', reason: 'timeout' } });
    expect(screen.getByRole('alert').textContent).toContain('could not be loaded: EnKash did not answer');
    expect(screen.getByRole('img')).toBeDefined();
  });

  it('offers a search if the outcome is unknown, and the form if nothing was created', () => {
    const unknown = ended({ outcome: { kind: 'unconfirmed', reason: 'timeout' } });
    expect(screen.queryByRole('button', { name: 'Back to the form' })).toBeNull();
    expect(screen.queryByRole('region')).toBeNull();
    press('Search for it');
    expect(unknown.searchByName).toHaveBeenCalledTimes(1);
    cleanup();
    const refused = ended({ outcome: { kind: 'rejected', httpStatus: 200, code: 7, message: 'No' } });
    expect(screen.queryByRole('button', { name: 'Search for it' })).toBeNull();
    press('Back to the form');
    expect(refused.backToForm).toHaveBeenCalledTimes(1);
  });

  it('offers the search only in the replacement’s own account', () => {
    ended({ outcome: { kind: 'unconfirmed', reason: 'timeout' } }, { elsewhere: true });
    expect(screen.getByRole('button', { name: 'Search for it' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/Another account is in use now.*Chandni Chowk/)).toBeDefined();
  });

  it('prints the code without an amount if it has none, and with a mark only in UAT', async () => {
    const printed = async (change: Partial<Replacement>, qrCode = CREATED.qrCode) => {
      cleanup();
      ended({ ...CREATED, qrCode } as CreateResult, change);
      await act(() => void dispatchEvent(new Event('beforeprint')));
      return document.querySelector('.printed-code')?.textContent;
    };
    expect(await printed({})).toBe('Counter 4₹500QR26NEW');
    const UAT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
    expect(await printed({ account: UAT })).toBe('TEST (UAT) – no real paymentCounter 4₹500QR26NEW');
    const open = { ...CREATED.qrCode, qrCodeId: 'QR26NEW', fixedAmount: undefined, amount: 0 };
    expect(await printed({}, open)).toBe('Counter 4QR26NEW');
  });

  it('shows hostile strings as literal text', () => {
    const qrName = '<img src=x onerror=alert(1)>\u202e';
    ended({ ...CREATED, qrCode: { qrCodeId: '<b>x</b>', qrName, status: 'ACTIVE' } });
    expect(document.querySelector('b, img[src=x]')).toBeNull();
    expect(document.body.textContent).not.toContain('\u202e');
  });
});
