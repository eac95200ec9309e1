// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemLocalTime } from '../../utils/lib/local-time.ts';
import type { PlannedJob } from '../../utils/messaging/protocol.ts';
import type { PlannedState } from '../../utils/stores/planned-state.ts';
import { PlannedSection } from './PlannedSection.tsx';

afterEach(cleanup);

const HOUR_MS = 3_600_000;
const planAt = (at: number) => ({ at, wall: systemLocalTime.wallAt(at), zone: systemLocalTime.zone() });

function jobOf(state: PlannedJob['state'], change: Partial<PlannedJob> = {}): PlannedJob {
  return {
    jobId: 7,
    confirmedAt: Date.now(),
    account: { id: 'a1', name: 'Chandni Chowk', environment: 'LIVE' },
    total: 20,
    state,
    dueAt: state.at,
    ...change,
  };
}

function show(jobs: PlannedJob[], change: Partial<PlannedState> = {}) {
  const actions = {
    refresh: vi.fn(),
    show: vi.fn(),
    runNow: vi.fn(),
    skipWait: vi.fn(),
    keepActive: vi.fn(),
    askTime: vi.fn(),
    askDrop: vi.fn(),
    setTyped: vi.fn(),
    setStart: vi.fn(),
    dismiss: vi.fn(),
    confirm: vi.fn(),
  };
  const state = {
    jobs,
    question: undefined,
    busyJobId: undefined,
    notice: undefined,
    error: undefined,
    ...change,
  };
  render(<PlannedSection state={state} actions={actions} />);
  return actions;
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('the planned jobs', () => {
  it('are not on screen if nothing waits', () => {
    show([]);
    expect(screen.queryByRole('heading', { name: 'Planned' })).toBeNull();
  });

  it('show account, environment, number, time and zone, and their buttons', () => {
    const plan = planAt(Date.now() + 3 * HOUR_MS);
    const actions = show([jobOf({ kind: 'scheduled', ...plan })]);
    const text = String(screen.getByRole('list', { name: 'Planned' }).textContent);
    for (const part of ['20 QR codes', 'Chandni Chowk', 'LIVE', plan.wall.slice(11), plan.zone, 'in 3 hours'])
      expect(text).toContain(part);
    press('Run now');
    press('Change time…');
    press('Drop');
    expect(actions.runNow).toHaveBeenCalledWith(7);
    expect(actions.askTime).toHaveBeenCalledWith(7);
    expect(actions.askDrop).toHaveBeenCalledWith(7);
  });

  it.each([
    ['unlock' as const, 'Planned cancel is waiting for you to unlock'],
    ['turn' as const, 'It starts when the bulk cancel that is under way is over.'],
    ['other-job' as const, 'which is paused'],
  ])('that are due say what they wait for: %s', (waitsFor, text) => {
    show([jobOf({ kind: 'scheduled', waitsFor, ...planAt(Date.now() - 1_000) })]);
    expect(screen.getByRole('list', { name: 'Planned' }).textContent).toContain(text);
  });

  it('that are overdue ask what to do, and name the time and the present one', () => {
    const plan = planAt(Date.now() - 48 * HOUR_MS);
    show([jobOf({ kind: 'overdue', because: 'late', ...plan })]);
    const text = String(screen.getByRole('list', { name: 'Planned' }).textContent);
    expect(text).toMatch(
      /It was due .*\d\d:\d\d; now it is \d\d:\d\d\. Run it now, set another time, or drop it\./,
    );
  });

  it('say why they were refused', () => {
    show([jobOf({ kind: 'overdue', because: 'no-account', ...planAt(Date.now()) })]);
    expect(screen.getByRole('list', { name: 'Planned' }).textContent).toContain(
      'Chandni Chowk (LIVE) is no longer among your accounts.',
    );
  });
});

describe('a countdown', () => {
  const counting = () => jobOf({ kind: 'scheduled', waitSeconds: 10, ...planAt(Date.now() + 9_500) });

  it('shows the seconds and both buttons, and is not among the planned jobs', () => {
    const actions = show([counting()]);
    const section = screen.getByRole('region', { name: /^Starts in (9|10) s$/ });
    expect(section.textContent).toContain('Nothing was sent yet.');
    expect(section.textContent).toContain('Closing this page does not stop it.');
    expect(screen.queryByRole('heading', { name: 'Planned' })).toBeNull();
    press('Keep active');
    press('Run now');
    expect(actions.keepActive).toHaveBeenCalledWith(7);
    expect(actions.skipWait).toHaveBeenCalledWith(7);
  });

  it('is announced once, not each second', () => {
    vi.useFakeTimers({ now: Date.now() });
    try {
      show([counting()]);
      vi.advanceTimersByTime(3_000);
      const spoken = [...document.querySelectorAll('[aria-live]')].map(({ textContent }) => textContent);
      expect(spoken.filter((text) => /Starts in [1-7] s/.test(String(text)))).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});
