// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../utils/wording/report.ts';
import { ResultRegion } from '../options/ResultRegion.tsx';
import { ResultMessage } from './ResultMessage.tsx';

afterEach(cleanup);

describe('a result message', () => {
  it.each(['danger', 'warning'] as const)('is an alert if its tone is %s', (tone) => {
    render(<ResultMessage report={{ tone, title: 'Title', sentences: ['One.', 'Two.'] }} />);
    expect(screen.getByRole('alert').textContent).toBe('TitleOne.Two.');
  });

  it.each(['success', 'neutral'] as const)(
    'is shown once in an existing live region if its tone is %s',
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

  it('A51 offers to cancel anyway if the read failed', () => {
    const anyway = vi.fn();
    const report: Report = { tone: 'danger', title: 'Title', sentences: [], offerCancelAnyway: true };
    render(<ResultMessage report={report} onCancelAnyway={anyway} />);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel anyway…' }));
    expect(anyway).toHaveBeenCalledTimes(1);
    cleanup();
    render(<ResultMessage report={report} />);
    expect(screen.queryByRole('button', { name: 'Cancel anyway…' })).toBeNull();
  });

  it('offers another check and the settings if they help', () => {
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
