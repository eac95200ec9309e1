// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { createMockActions } from '../../tests/fixtures/bulk-actions.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import type { ConfirmationState } from '../../utils/stores/bulk-state.ts';
import { BulkDialog } from './BulkDialog.tsx';

afterEach(cleanup);

const LIVE: AccountRef = { id: 'a1', name: 'Chandni Chowk', environment: 'LIVE' };

function ask(change: Partial<ConfirmationState> = {}, account = LIVE, reasonRequired = false) {
  const actions = createMockActions();
  const question = {
    account,
    count: 2_987,
    confirmationPhrase: 'CANCEL 2987',
    columnName: '',
    phraseInput: '',
    start: undefined,
    expiries: [],
    busy: false,
    ...change,
  };
  render(<BulkDialog question={question} reasonRequired={reasonRequired} actions={actions} />);
  return { actions, dialog: screen.getByRole('alertdialog') };
}
const confirmButton = () => screen.getByRole('button', { name: /^(Cancel|Starting)/ });

describe('the confirmation of a bulk cancel', () => {
  it('shows account, environment, count, and the warning that it cannot be undone', () => {
    const { dialog } = ask();
    expect(screen.getByRole('alertdialog', { name: 'Cancel 2,987 QR codes?' })).toBe(dialog);
    for (const text of ['Chandni Chowk', 'LIVE', '2,987'])
      expect(within(dialog).getByText(text)).toBeDefined();
    expect(dialog.textContent).toContain(
      'This is your LIVE account. What you cancel stops taking real payments.',
    );
    expect(dialog.textContent).toContain(
      'Once they are cancelled, customers can’t pay with them any more. This cannot be undone.',
    );
  });

  it('passes the reason on, and stays disabled until a required reason is given', () => {
    const { actions } = ask({ phraseInput: 'CANCEL 2987' }, LIVE, true);
    expect(confirmButton()).toHaveProperty('disabled', true);
    const field = screen.getByRole('textbox', { name: 'Reason' });
    fireEvent.input(field, { target: { value: '  ' } });
    expect(confirmButton()).toHaveProperty('disabled', true);
    fireEvent.input(field, { target: { value: 'Event called off' } });
    fireEvent.click(confirmButton());
    expect(actions.confirm).toHaveBeenCalledExactlyOnceWith('Event called off');
  });

  it('focuses Keep active, and has no bare Cancel button', async () => {
    const { actions, dialog } = ask();
    const buttons = screen.getAllByRole('button');
    expect(buttons.map((button) => button.textContent)).toEqual(['Keep active', 'Cancel 2,987 QR codes']);
    await waitFor(() => expect(document.activeElement).toBe(buttons[0]));
    fireEvent.click(screen.getByRole('button', { name: 'Keep active' }));
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(actions.dismissConfirmation).toHaveBeenCalledTimes(2);
    expect(actions.confirm).not.toHaveBeenCalled();
  });

  it.each(['cancel 2987', 'CANCEL 2,987', 'CANCEL  2987', 'CANCEL २९८७'])(
    'confirms after “%s” is typed',
    (phraseInput) => {
      const { actions } = ask({ phraseInput });
      fireEvent.click(confirmButton());
      expect(actions.confirm).toHaveBeenCalledTimes(1);
    },
  );

  it.each([
    ['CANCEL', 'The number 2,987 is missing.'],
    ['2987', 'The word CANCEL is missing.'],
    ['CANCEL 2986', 'You typed 2986; the number is 2,987.'],
  ])('explains what is missing in “%s”', (phraseInput, text) => {
    expect(ask({ phraseInput }).dialog.textContent).toContain(text);
  });

  it('names the column of the ids', () => {
    expect(ask({ columnName: 'To be cancelled' }).dialog.textContent).toContain('To be cancelled');
  });

  it.each(['', 'CANCEL', '2987', 'CANCEL 2986', 'CANCEL 29870'])(
    'does not confirm after “%s” is typed',
    (phraseInput) => {
      const { actions } = ask({ phraseInput });
      expect(confirmButton()).toHaveProperty('disabled', true);
      fireEvent.click(confirmButton());
      expect(actions.confirm).not.toHaveBeenCalled();
    },
  );

  it.each(['CANCEL 2987', '  CANCEL 2987\t'])('confirms after “%s” is typed', (phraseInput) => {
    const { actions } = ask({ phraseInput });
    fireEvent.click(confirmButton());
    expect(actions.confirm).toHaveBeenCalledTimes(1);
  });

  it('reports the typed text', () => {
    const { actions } = ask();
    const field = screen.getByRole('textbox', { name: 'Type CANCEL 2987 to confirm' });
    fireEvent.input(field, { target: { value: 'CANCEL' } });
    expect(actions.setTyped).toHaveBeenCalledWith('CANCEL');
  });

  it('requires no phrase for one code in UAT', () => {
    const { actions, dialog } = ask(
      { count: 1, confirmationPhrase: undefined },
      { ...LIVE, environment: 'UAT' },
    );
    expect(screen.queryByRole('textbox', { name: /^Type/ })).toBeNull();
    expect(dialog.textContent).not.toContain('LIVE');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel 1 QR code' }));
    expect(actions.confirm).toHaveBeenCalledTimes(1);
  });

  it('can be neither confirmed nor dismissed while the job starts', () => {
    const { actions, dialog } = ask({ phraseInput: 'CANCEL 2987', busy: true });
    expect(confirmButton().textContent).toBe('Starting…');
    for (const button of screen.getAllByRole('button')) expect(button).toHaveProperty('disabled', true);
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(actions.dismissConfirmation).not.toHaveBeenCalled();
  });

  it('shows how much of a long list is written, and stops that', () => {
    const { actions, dialog } = ask({ phraseInput: 'CANCEL 2987', busy: true, prepared: 2_500 });
    expect(dialog.textContent).toContain('Preparing 2,500 of 2,987… Nothing was sent yet.');
    const progress = screen.getByRole('progressbar', { name: 'Preparing the bulk cancel' });
    expect([progress.getAttribute('value'), progress.getAttribute('max')]).toEqual(['2500', '2987']);
    expect(confirmButton()).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('button', { name: 'Keep active' }));
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(actions.dismissConfirmation).toHaveBeenCalledTimes(2);
  });

  it('explains why nothing was started, that nothing was changed, and what to do', () => {
    ask({ problem: { code: 'another-job' } });
    expect(screen.getByRole('alert').textContent).toBe(
      'Another bulk cancel is under way. Nothing was sent. No QR code was changed. Wait until it has finished, or stop it, then try again.',
    );
  });

  it('asks for a time, shows its zone and choices, and says what the button does', () => {
    const { actions, dialog } = ask({ phraseInput: 'CANCEL 2987' });
    fireEvent.click(screen.getByRole('radio', { name: 'At a date and time' }));
    expect(actions.planLater).toHaveBeenCalledOnce();
    expect(dialog.textContent).not.toContain('only while this browser is open');
  });

  it('with a time plans the cancel, by all its rules', () => {
    const start = { wall: '2099-12-01T00:05', zone: 'Asia/Kolkata' };
    const { actions, dialog } = ask({ start, expiries: ['2099-11-30T10:00', '2099-12-05T10:00'] });
    const confirm = () => screen.getByRole('button', { name: 'Plan the cancel of 2,987 QR codes' });
    expect(confirm()).toHaveProperty('disabled', true);
    expect(screen.getByRole('textbox', { name: 'Start at' })).toHaveProperty('value', start.wall);
    for (const text of [
      'Asia/Kolkata, GMT+5:30',
      '1 Dec 2099, 00:05',
      'This works only while this browser is open on this computer.',
      '1 QR code expires by itself before that time',
    ])
      expect(dialog.textContent).toContain(text);
    fireEvent.click(screen.getByRole('button', { name: '1st of next month 00:05' }));
    expect(actions.setStart).toHaveBeenCalledWith(
      expect.objectContaining({ wall: expect.stringMatching(/-01T00:05$/) }),
    );
  });

  it.each([
    [{ code: 'past' as const }, 'That time has already passed. Choose a later time.'],
    [
      { code: 'zone-changed' as const, zone: 'Asia/Dubai' },
      'The time zone of this computer is now Asia/Dubai.',
    ],
  ])('shows a problem with the time at its field: %j', (problem, text) => {
    ask({ start: { wall: '2020-01-01T00:00', zone: 'Asia/Kolkata' }, problem });
    expect(screen.getByRole('alert').textContent).toContain(text);
    expect(screen.getByRole('textbox', { name: 'Start at' }).getAttribute('aria-invalid')).toBe('true');
  });
});
