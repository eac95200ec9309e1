// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadEntryReader } from '../../utils/qr-code-id/entry-reader.ts';
import { QrCodeEntry } from './QrCodeEntry.tsx';

const ID = 'QR26DU7U9NREWU';

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
        origin={{ partOf: undefined, note: undefined }}
        error={undefined}
        busy={undefined}
        onText={setValue}
        onAccept={on.accept}
        onCheck={on.check}
        onCancel={on.cancel}
        onCancelLater={vi.fn()}
        onScan={vi.fn()}
        onReview={on.review}
      />
    );
  }
  render(<Entry />);
  return { ...on, field: screen.getByRole('textbox', { name: 'QR code ID' }) };
}

describe('the field for an id', () => {
  it('has the initial focus', async () => {
    const { field } = renderEntry();
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it('checks on Enter, and only once while the key repeats', () => {
    const { field, check } = renderEntry(ID);
    fireEvent.keyDown(field, { key: 'Enter' });
    for (let repeat = 0; repeat < 20; repeat += 1) fireEvent.keyDown(field, { key: 'Enter', repeat: true });
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('does not check if Enter ends a composition or inserts a line break', () => {
    const { field, check } = renderEntry(ID);
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    expect(check).not.toHaveBeenCalled();
  });

  it('offers to check and to cancel for one id', () => {
    const { check, cancel } = renderEntry(ID);
    fireEvent.click(screen.getByRole('button', { name: 'Check status' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel QR code…' }));
    expect([check.mock.calls.length, cancel.mock.calls.length]).toEqual([1, 1]);
  });

  it('offers only a review for several ids', () => {
    const { field, review, check } = renderEntry(`${ID}, QR26AB3C4D5E6F`);
    fireEvent.click(screen.getByRole('button', { name: 'Review 2 IDs' }));
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(review).toHaveBeenCalledTimes(2);
    expect(check).not.toHaveBeenCalled();
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});

describe('A3 the found id', () => {
  it('is shown before anything is sent', async () => {
    const { field, check, cancel } = renderEntry();
    fireEvent.input(field, { target: { value: `QR code ID: “${ID}”.` } });
    expect(await screen.findByText(`ID found: ${ID}`)).toBeDefined();
    expect(check).not.toHaveBeenCalled();
    expect(cancel).not.toHaveBeenCalled();
  });
});
