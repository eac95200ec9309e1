// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountView, Send } from '../../utils/messaging/protocol.ts';
import { DEFAULT_POLICY } from '../../utils/settings/policy.ts';
import { DEFAULT_SETTINGS } from '../../utils/settings/settings.ts';
import { createPopupStore } from '../../utils/stores/popup.ts';
import type { PopupState } from '../../utils/stores/popup-state.ts';
import { AccountForm } from '../options/AccountForm.tsx';
import { Popup } from '../popup/Popup.tsx';

afterEach(cleanup);

const ACCOUNT: AccountView = {
  id: 'a1',
  name: 'Chandni Chowk',
  environment: 'LIVE',
  authMethod: 'secret-key',
  hasKeys: true,
};
const OPEN = { vault: { status: 'open', protection: 'device' }, policy: DEFAULT_POLICY } as const;
const failingSend: Send = () => Promise.reject(new Error('No background.'));

function renderPopup(accounts: AccountView[], change: Partial<PopupState> = {}) {
  const onOpenSettings = vi.fn();
  const { getState, actions } = createPopupStore(failingSend);
  const page = { accounts, currentAccountId: accounts[0]?.id ?? null, settings: DEFAULT_SETTINGS, ...OPEN };
  render(
    <Popup state={{ ...getState(), page, ...change }} actions={actions} onOpenSettings={onOpenSettings} />,
  );
  return { onOpenSettings };
}

describe('the popup', () => {
  it('leads to the settings if there is no account', () => {
    const { onOpenSettings } = renderPopup([]);
    expect(screen.getByRole('heading', { name: 'Add your EnKash account' })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Open settings' }));
    expect(onOpenSettings).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('leads to the settings if the keys are missing', () => {
    renderPopup([{ ...ACCOUNT, hasKeys: false }]);
    expect(screen.getByRole('heading', { name: 'Enter the keys again' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Open settings' })).toBeDefined();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('shows the field, both buttons, account and environment if it is ready', () => {
    renderPopup([ACCOUNT]);
    expect(screen.getByRole('textbox', { name: 'QR code ID' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Check status' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Cancel QR code…' })).toBeDefined();
    expect(screen.getByText('Chandni Chowk')).toBeDefined();
    expect(screen.getByText('LIVE')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it.each(['Bulk cancel', 'Search', 'History', 'Settings'])('has a link to %s in every state', (name) => {
    for (const accounts of [[], [{ ...ACCOUNT, hasKeys: false }], [ACCOUNT]]) {
      renderPopup(accounts);
      expect(screen.getByRole('link', { name })).toBeDefined();
      cleanup();
    }
  });

  it('announces the code’s status, and shows its details', async () => {
    const qrCode = { status: 'ACTIVE', qrName: 'Counter 4', amount: 500 };
    renderPopup([ACCOUNT], {
      about: { qrCodeId: 'QR26DU7U9NREWU', account: ACCOUNT },
      qrCode,
      statusLine: () => 'Active. Counter 4, ₹500.',
    });
    expect(screen.getByRole('status').textContent).toBe('Active. Counter 4, ₹500.');
    expect(await screen.findByRole('region', { name: 'QR code details' })).toBeDefined();
  });

  it.each([
    ['SUSPENDED', true],
    [undefined, true],
    ['ACTIVE', false],
    ['CANCELLED', false],
  ])('A51 offers to cancel anyway for the status %s: %s', async (status, offered) => {
    renderPopup([ACCOUNT], {
      about: { qrCodeId: 'QR26DU7U9NREWU', account: ACCOUNT },
      qrCode: { status },
      statusLine: () => 'Raw entry.',
    });
    await screen.findByRole('region', { name: 'QR code details' });
    expect(screen.queryByRole('button', { name: 'Cancel anyway…' }) !== null).toBe(offered);
  });

  it('tells that a part of it could not be loaded, and keeps the field', () => {
    renderPopup([ACCOUNT], { isIncomplete: true, text: 'QR26DU7U9NREWU' });
    expect(screen.getByRole('alert').textContent).toContain('Close this page and open it again.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('QR26DU7U9NREWU');
  });

  it('shows an error of the field in an alert', () => {
    renderPopup([ACCOUNT], { fieldError: () => 'Enter a QR code ID.' });
    expect(screen.getByRole('alert').textContent).toBe('Enter a QR code ID.');
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
  });
});

describe('the account form', () => {
  function renderForm(change: Partial<Parameters<typeof AccountForm>[0]> = {}) {
    const on = { change: vi.fn(), save: vi.fn(), check: vi.fn(), codeToTry: vi.fn() };
    render(
      <AccountForm
        draft={{
          name: 'Main',
          environment: 'UAT',
          colour: 'blue',
          authMethod: 'secret-key',
          accessKey: '',
          secret: '',
        }}
        policy={DEFAULT_POLICY}
        recommendPassphrase={false}
        savedName={undefined}
        problems={[]}
        busy={undefined}
        onChange={on.change}
        onSave={on.save}
        codeToTry={{ text: '' }}
        check={undefined}
        onCodeToTry={on.codeToTry}
        onCheck={on.check}
        onNew={vi.fn()}
        {...change}
      />,
    );
    return on;
  }

  it('has every field by its name, and a password field for the secret', () => {
    renderForm();
    for (const name of ['Account name', 'Access key'])
      expect(screen.getByRole('textbox', { name })).toBeDefined();
    expect(screen.getByLabelText('Secret key', { selector: 'input[type=password]' })).toBeDefined();
    expect(screen.getByRole('radiogroup', { name: 'Environment' })).toBeDefined();
    expect(screen.getByRole('radio', { name: 'UAT (test)' })).toHaveProperty('checked', true);
    expect(screen.getByRole('radio', { name: 'LIVE (production)' })).toHaveProperty('checked', false);
    expect(screen.getByRole('radiogroup', { name: 'Sign-in' })).toBeDefined();
  });

  it('clears the secret if another sign-in method is chosen', () => {
    const { change } = renderForm();
    fireEvent.click(screen.getByRole('radio', { name: 'Authorization token' }));
    expect(change).toHaveBeenCalledWith({ authMethod: 'authorization-token', secret: '' });
  });

  it('saves and checks the connection with its buttons', () => {
    const { save, check } = renderForm();
    fireEvent.click(screen.getByRole('button', { name: 'Save account' }));
    fireEvent.click(screen.getByRole('button', { name: 'Check connection' }));
    expect([save.mock.calls.length, check.mock.calls.length]).toEqual([1, 1]);
  });

  it('ignores its buttons while it is busy, without disabling them', () => {
    const { check } = renderForm({ busy: 'saving' });
    expect(screen.getByRole('button', { name: 'Saving…' }).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByRole('button', { name: 'Check connection' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Check connection' }));
    expect(check).not.toHaveBeenCalled();
  });

  it('accepts a QR code ID to try, and shows its error', () => {
    const { codeToTry } = renderForm({ codeToTry: { text: 'a/b', error: 'This is not a QR code ID.' } });
    fireEvent.input(screen.getByRole('textbox', { name: 'QR code ID to try (optional)' }), {
      target: { value: 'QR26DU7U9NREWU' },
    });
    expect(codeToTry).toHaveBeenCalledWith('QR26DU7U9NREWU');
    expect(screen.getByRole('alert').textContent).toBe('This is not a QR code ID.');
  });

  it('A45 shows the result of each step of a connection check', () => {
    const account = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
    const proxy = { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 } as const;
    const check = {
      'sign-in': { kind: 'signed-in' },
      'qr-code': { kind: 'failed', failure: proxy },
    } as const;
    renderForm({ check: { account, check, running: 'search', report: undefined } });
    const line = (name: string) => screen.getByRole('status', { name }).textContent;
    expect(screen.getByRole('list', { name: 'Connection check' }).children).toHaveLength(3);
    expect(line('Sign-in')).toBe('OKEnKash accepted the keys.');
    expect(line('One QR code')).toMatch(/^FailedSomething between this computer and EnKash.*HTTP 404/);
    expect(line('Search')).toBe('Checking…');
  });

  it('shows each problem at its field', () => {
    renderForm({
      problems: [
        { field: 'name', code: 'taken' },
        { field: 'accessKey', code: 'not-printable' },
        { field: 'secret', code: 'required' },
      ],
    });
    expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toEqual([
      'There is already an account with this name.',
      'This contains a space or a character that no key has. Copy it again.',
      'Enter the secret key.',
    ]);
  });
});
