// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseQrCode } from '../../utils/enkash/qr-code.ts';
import { loadEntryReader } from '../../utils/qr-code-id/entry-reader.ts';
import type { Report } from '../../utils/wording/report.ts';
import { ResultRegion } from '../options/ResultRegion.tsx';
import { QrCodeDetails } from '../shared/QrCodeDetails.tsx';
import { ResultMessage } from '../shared/ResultMessage.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { QrCodeEntry, remarkOn } from './QrCodeEntry.tsx';

const ID = 'QR26DU7U9NREWU';
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

beforeAll(async () => void (await loadEntryReader()));
afterEach(cleanup);

function renderEntry(text = '') {
  const on = { accept: vi.fn(), check: vi.fn(), cancel: vi.fn(), review: vi.fn() };
  function Entry() {
    const [value, setValue] = useState(text);
    return (
      <QrCodeEntry
        text={value}
        accepted={undefined}
        remark={undefined}
        error={undefined}
        busy={undefined}
        onText={setValue}
        onAccept={on.accept}
        onCheck={on.check}
        onCancel={on.cancel}
        onReview={on.review}
      />
    );
  }
  render(<Entry />);
  return { ...on, field: screen.getByRole('textbox', { name: 'QR code ID' }) };
}

describe('the field for an id', () => {
  it('has the focus from the beginning', async () => {
    const { field } = renderEntry();
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it('checks with Enter, and once only while it is held', () => {
    const { field, check } = renderEntry(ID);
    fireEvent.keyDown(field, { key: 'Enter' });
    for (let repeat = 0; repeat < 20; repeat += 1) fireEvent.keyDown(field, { key: 'Enter', repeat: true });
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('does not check where Enter ends a composition or breaks a line', () => {
    const { field, check } = renderEntry(ID);
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    expect(check).not.toHaveBeenCalled();
  });

  it('offers to check and to cancel one id', () => {
    const { check, cancel } = renderEntry(ID);
    fireEvent.click(screen.getByRole('button', { name: 'Check status' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel QR code…' }));
    expect([check.mock.calls.length, cancel.mock.calls.length]).toEqual([1, 1]);
  });

  it('offers to review several, and nothing else', () => {
    const { field, review, check } = renderEntry(`${ID}, QR26AB3C4D5E6F`);
    fireEvent.click(screen.getByRole('button', { name: 'Review 2 IDs' }));
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(review).toHaveBeenCalledTimes(2);
    expect(check).not.toHaveBeenCalled();
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});

describe('A3 the id that was found', () => {
  it('is shown before anything happens', () => {
    const { field, check, cancel } = renderEntry();
    fireEvent.input(field, { target: { value: `QR code ID: “${ID}”.` } });
    expect(screen.getByText(`ID found: ${ID}`)).toBeDefined();
    expect(check).not.toHaveBeenCalled();
    expect(cancel).not.toHaveBeenCalled();
  });
});

const NASTY = '<img src=x onerror="alert(1)"><script>alert(2)</script>\u202e';
const SHOWN = '<img src=x onerror="alert(1)"><script>alert(2)</script>‹U+202E›';

describe('A16 hostile strings in every field', () => {
  const payload = {
    ...Object.fromEntries(
      [
        'qrName',
        'amount',
        'description',
        'expiry',
        'status',
        'createdOn',
        'modifiedOn',
        'customerName',
        'customerEmail',
        'customerMobile',
        'customerId',
        'referenceNumber',
      ].map((field) => [field, NASTY]),
    ),
    customParams: { [NASTY]: NASTY },
    qrCodeBase64: PNG,
  };

  it('are literal text in the details, and make no new nodes', () => {
    const { container } = render(<QrCodeDetails qrCodeId={ID} qrCode={parseQrCode(payload) ?? {}} />);
    const images = screen.getAllByRole('img');
    expect(images.map((image) => image.getAttribute('alt'))).toEqual([`QR code ${ID}`]);
    expect(container.querySelectorAll('img, script, iframe, svg, a, [onerror], [onload]')).toHaveLength(1);
    expect(screen.getAllByText(SHOWN).length).toBeGreaterThanOrEqual(13);
    expect(container.textContent).not.toContain('\u202e');
  });

  it('are literal text in the dialog', () => {
    const read = { kind: 'answered', code: 0, message: NASTY, payload: parseQrCode(payload) ?? {} } as const;
    render(
      <CancelDialog
        qrCodeId={ID}
        account={{ name: NASTY, environment: 'UAT' }}
        read={read}
        busy={false}
        reasonRequired={false}
        onKeep={vi.fn()}
        onConfirm={vi.fn()}
      />,
    );
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.querySelectorAll('img, script')).toHaveLength(0);
    expect(dialog.textContent).toContain(SHOWN);
  });

  it('are literal text in a report', () => {
    const { container } = render(
      <ResultMessage report={{ tone: 'danger', title: NASTY, sentences: [NASTY] }} />,
    );
    expect(container.querySelectorAll('img, script')).toHaveLength(0);
    expect(screen.getByRole('alert').textContent).toBe(NASTY + NASTY);
  });

  it('of 100 kB are capped', () => {
    const { container } = render(
      <QrCodeDetails qrCodeId={ID} qrCode={parseQrCode({ qrName: 'x'.repeat(100_000) }) ?? {}} />,
    );
    expect(container.textContent?.length).toBeLessThan(2_000);
    expect(container.textContent).toContain('… +99,000');
  });
});

describe('A17 whatever came is shown', () => {
  it('with only the fields that came', () => {
    render(
      <QrCodeDetails
        qrCodeId={ID}
        qrCode={parseQrCode({ status: 'ON_HOLD', amount: '500.00', customParams: null }) ?? {}}
      />,
    );
    const region = screen.getByRole('region', { name: 'QR code details' });
    expect(
      within(region)
        .getAllByRole('term')
        .map((term) => term.textContent),
    ).toEqual(['Status', 'Amount', 'ID']);
    expect(within(region).getByText('ON_HOLD')).toBeDefined();
    expect(within(region).getByText('500.00')).toBeDefined();
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('with a date that is none', () => {
    render(<QrCodeDetails qrCodeId={ID} qrCode={parseQrCode({ createdOn: '2026-99-99T10:30:00Z' }) ?? {}} />);
    expect(screen.getByText('2026-99-99T10:30:00Z')).toBeDefined();
  });

  it('with params that are called like a field, or alike', () => {
    const customParams = { Name: 'one', Amount: 'two' };
    render(
      <QrCodeDetails
        qrCodeId={ID}
        qrCode={parseQrCode({ qrName: 'Counter 4', amount: 500, customParams }) ?? {}}
      />,
    );
    for (const text of ['Counter 4', '₹500', 'one', 'two']) expect(screen.getByText(text)).toBeDefined();
  });
});

describe('the dialog before a cancel', () => {
  function renderDialog(change: Partial<Parameters<typeof CancelDialog>[0]> = {}) {
    const on = { keep: vi.fn(), confirm: vi.fn() };
    const payload = { qrCodeId: ID, qrName: 'Counter 4', amount: 100_000, status: 'ACTIVE' };
    render(
      <CancelDialog
        qrCodeId={ID}
        account={{ name: 'Chandni Chowk', environment: 'LIVE' }}
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
    expect(dialog.textContent).toContain('Customers can no longer pay with it. This cannot be undone.');
  });

  it.each([
    ['Reason (optional)', false],
    ['Reason', true],
  ])('takes a reason along: %s', (name, reasonRequired) => {
    const { confirm } = renderDialog({ reasonRequired });
    const button = screen.getByRole('button', { name: 'Cancel QR code' });
    expect(button).toHaveProperty('disabled', reasonRequired);
    fireEvent.input(screen.getByRole('textbox', { name }), { target: { value: 'Leaked' } });
    fireEvent.click(button);
    expect(confirm).toHaveBeenCalledExactlyOnceWith('Leaked');
  });

  it('has no bare Cancel, and the focus on the way out', async () => {
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

  it('A14 is disabled in flight', () => {
    const { keep, dialog } = renderDialog({ busy: true });
    for (const button of screen.getAllByRole('button')) expect(button).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Cancelling…' })).toBeDefined();
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(keep).not.toHaveBeenCalled();
  });

  it('says how the id was read', () => {
    const partOf = { selected: 'STORE12', word: 'STORE12-01' };
    const { dialog } = renderDialog({ remark: remarkOn({ partOf, note: { code: 'upi' } }) });
    expect(dialog.textContent).toContain(
      'You selected “STORE12”, which is only a part of “STORE12-01”. It is the reference in a UPI link',
    );
    expect(remarkOn({ partOf: undefined, note: undefined })).toBeUndefined();
  });

  it('says that the details could not be read', () => {
    const { dialog } = renderDialog({ read: { kind: 'ambiguous', reason: 'connection' } });
    expect(dialog.textContent).toContain('The details could not be read');
    expect(within(dialog).getByText(ID)).toBeDefined();
  });

  it.each([
    [{ status: 'SUSPENDED' }, 'The status is unknown: “SUSPENDED”.'],
    [{ status: 'x\u202ey' }, 'The status is unknown: “x‹U+202E›y”.'],
    [{}, 'EnKash gave no status.'],
  ])('A51 says what is not known of a code with %j', (payload, said) => {
    const { dialog } = renderDialog({ read: { kind: 'answered', code: 0, message: '', payload } });
    expect(dialog.textContent).toContain(said);
  });
});

describe('a report', () => {
  it.each(['danger', 'warning'] as const)('of tone %s is an alert', (tone) => {
    render(<ResultMessage report={{ tone, title: 'Title', sentences: ['One.', 'Two.'] }} />);
    expect(screen.getByRole('alert').textContent).toBe('TitleOne.Two.');
  });

  it.each(['success', 'neutral'] as const)(
    'of tone %s is told once, in a status that was there before',
    (tone) => {
      const { rerender } = render(<ResultRegion report={undefined} />);
      const status = screen.getByRole('status');
      expect(status.textContent).toBe('');
      rerender(<ResultRegion report={{ tone, title: 'Title', sentences: ['One.'] }} />);
      expect(screen.getAllByRole('status')).toEqual([status]);
      expect(status.textContent).toBe('TitleOne.');
      expect(screen.queryByRole('alert')).toBeNull();
    },
  );

  it('A51 offers to cancel anyway where a read was no answer', () => {
    const anyway = vi.fn();
    const report: Report = { tone: 'danger', title: 'Title', sentences: [], offerCancelAnyway: true };
    render(<ResultMessage report={report} onCancelAnyway={anyway} />);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel anyway…' }));
    expect(anyway).toHaveBeenCalledTimes(1);
    cleanup();
    render(<ResultMessage report={report} />);
    expect(screen.queryByRole('button', { name: 'Cancel anyway…' })).toBeNull();
  });

  it('offers a further check and the settings where they help', () => {
    const on = { accept: vi.fn(), check: vi.fn(), settings: vi.fn() };
    const report: Report = {
      tone: 'warning',
      title: 'Title',
      sentences: [],
      offerCheck: true,
      offerSettings: true,
    };
    render(<ResultMessage report={report} onCheckAgain={on.check} onOpenSettings={on.settings} />);
    fireEvent.click(screen.getByRole('button', { name: 'Check again' }));
    fireEvent.click(screen.getByRole('button', { name: 'Open settings' }));
    expect([on.check.mock.calls.length, on.settings.mock.calls.length]).toEqual([1, 1]);
  });
});
