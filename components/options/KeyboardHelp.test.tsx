// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeyboardHelp } from './KeyboardHelp.tsx';

afterEach(cleanup);

const shortcuts = [
  { command: '_execute_action', keys: 'Alt+Shift+U' },
  { command: 'check-selected-id', keys: '' },
  { command: 'cancel-selected-id', keys: 'Ctrl+Shift+9' },
] as const;

describe('the keyboard help in the settings', () => {
  it('lists each command with its current shortcut', () => {
    render(<KeyboardHelp shortcuts={shortcuts} onChange={undefined} />);
    const rows = screen.getAllByRole('term').map((term) => [term.textContent, term.nextSibling?.textContent]);
    expect(rows).toEqual([
      ['Open', 'Alt+Shift+U'],
      ['Check the selected ID', 'No shortcut set'],
      ['Cancel QR code of the selected ID…', 'Ctrl+Shift+9'],
    ]);
  });

  it('opens the browser’s shortcut page, or names it if it cannot be opened', () => {
    const onChange = vi.fn();
    render(<KeyboardHelp shortcuts={shortcuts} onChange={onChange} />);
    fireEvent.click(screen.getByRole('button', { name: 'Change shortcuts' }));
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(screen.queryByText(/about:addons/)).toBeNull();
    cleanup();
    render(<KeyboardHelp shortcuts={shortcuts} onChange={undefined} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText(/about:addons/)).toBeDefined();
  });
});
