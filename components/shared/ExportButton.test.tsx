// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ExportButton } from './ExportButton.tsx';

afterEach(cleanup);

const button = () => screen.getByRole('button');

describe('the export button', () => {
  it('shows that the export runs, and ignores a second press until it is done', async () => {
    const making = Promise.withResolvers<void>();
    const onExport = vi.fn(() => making.promise);
    render(<ExportButton label="Download review (Excel)" onExport={onExport} />);
    fireEvent.click(button());
    await vi.waitFor(() => expect(button().textContent).toBe('Exporting…'));
    fireEvent.click(button());
    expect(onExport).toHaveBeenCalledTimes(1);
    making.resolve();
    await vi.waitFor(() => expect(button().textContent).toBe('Download review (Excel)'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what to do if the export fails', async () => {
    render(<ExportButton label="Export (Excel)" onExport={() => Promise.reject(new Error('gone'))} />);
    fireEvent.click(button());
    expect((await screen.findByRole('alert')).textContent).toMatch(/could not be made\. Nothing was changed/);
    expect(button().textContent).toBe('Export (Excel)');
  });
});
