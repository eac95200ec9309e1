// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseQrCode } from '../../utils/enkash/qr-code.ts';
import { CancelDialog } from '../popup/CancelDialog.tsx';
import { QrCodeDetails } from './QrCodeDetails.tsx';
import { ResultMessage } from './ResultMessage.tsx';

const ID = 'QR26DU7U9NREWU';
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

afterEach(cleanup);

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

  it('are literal text in the details, and create no elements', () => {
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
        account={{ id: 'a1', name: NASTY, environment: 'UAT' }}
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

  it('are truncated if they have 100 kB', () => {
    const { container } = render(
      <QrCodeDetails qrCodeId={ID} qrCode={parseQrCode({ qrName: 'x'.repeat(100_000) }) ?? {}} />,
    );
    expect(container.textContent?.length).toBeLessThan(2_000);
    expect(container.textContent).toContain('… +99,000');
  });
});

describe('A17 an unusual response is shown', () => {
  it('shows only the fields in the response', () => {
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

  it('shows an invalid date as it is', () => {
    render(<QrCodeDetails qrCodeId={ID} qrCode={parseQrCode({ createdOn: '2026-99-99T10:30:00Z' }) ?? {}} />);
    expect(screen.getByText('2026-99-99T10:30:00Z')).toBeDefined();
  });

  it('shows params with the name of a field', () => {
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
