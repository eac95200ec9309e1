// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FindPicture } from '../../utils/find/find-picture.ts';
import type { Finding } from '../../utils/find/finding.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { readPictureText } from '../../utils/qr-picture/payment-text.ts';
import type { FindActions, FindState } from '../../utils/stores/find-state.ts';
import { FindTab } from './FindTab.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ACCOUNT = { id: 'a', name: 'Main', environment: 'UAT' } as const;
const ALL = { end: 'all', read: 9, compared: 9 } as const;
const found = (...ids: string[]): Finding => ({
  equal: ids.map((qrCodeId) => ({ qrCodeId })),
  notCompared: [],
  isComplete: true,
});

function picture(number: number, change: Partial<FindPicture> = {}): FindPicture {
  const text = change.text ?? `upi://pay?pa=shop@upi&pn=Shop&tr=${number}`;
  return { number, image: 'data:image/png;base64,', text, content: readPictureText(text), ...change };
}

function pageWith(status: 'open' | 'locked' = 'open'): AppState {
  const accounts = [{ ...ACCOUNT, hasKeys: true }];
  return { accounts, currentAccountId: 'a', vault: { status } } as unknown as AppState;
}

function renderTab(change: Partial<FindState> = {}, page: AppState | undefined = pageWith()) {
  const actions = {
    addFiles: vi.fn<FindActions['addFiles']>().mockResolvedValue(),
    readFrame: vi.fn<FindActions['readFrame']>().mockResolvedValue(false),
    report: vi.fn<FindActions['report']>(),
    dismissProblems: vi.fn<FindActions['dismissProblems']>(),
    find: vi.fn<FindActions['find']>().mockResolvedValue(),
    stop: vi.fn<FindActions['stop']>(),
    clear: vi.fn<FindActions['clear']>(),
  };
  const onReview = vi.fn();
  const state: FindState = {
    phase: 'idle',
    pictures: [],
    chosen: undefined,
    problems: [],
    account: ACCOUNT,
    progress: undefined,
    ...change,
  };
  const tab = render(
    <FindTab state={state} actions={actions as unknown as FindActions} page={page} onReview={onReview} />,
  );
  return { ...tab, actions, onReview };
}
const button = (name: string | RegExp) => screen.queryByRole('button', { name });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('the found codes', () => {
  it('go to the review only if each is the only one that is equal, and each once', () => {
    const { onReview } = renderTab({
      pictures: [
        picture(1, { finding: found('QR1'), run: ALL }),
        picture(2, { finding: found('QR2', 'QR3'), run: ALL }),
        picture(3, { finding: { ...found('QR4'), isComplete: false }, run: { ...ALL, end: 'stopped' } }),
        picture(4, { finding: { ...found(), notCompared: [{ qrCodeId: 'QR5' }] }, run: ALL }),
        picture(5, { finding: found('QR1'), run: ALL }),
        picture(6, { finding: found('QR6'), run: ALL }),
      ],
    });
    press('Review 2 QR codes found…');
    expect(onReview).toHaveBeenCalledExactlyOnceWith(['QR1', 'QR6']);
  });

  it('are reviewed one by one at the operator’s choice, also those that are not proven', () => {
    const { onReview } = renderTab({ pictures: [picture(1, { finding: found('QR2', 'QR3'), run: ALL })] });
    press(/: QR3$/);
    expect(onReview).toHaveBeenCalledExactlyOnceWith(['QR3']);
    expect(button(/QR codes found…$/)).toBeNull();
  });

  it('show the counts of their own run', () => {
    renderTab({
      pictures: [
        picture(1, { finding: found(), run: ALL }),
        picture(2, { finding: found(), run: { end: 'all', read: 4, compared: 4 } }),
      ],
    });
    expect(screen.getByText('Not among the 9 QR codes that were read.')).toBeDefined();
    expect(screen.getByText('Not among the 4 QR codes that were read.')).toBeDefined();
  });

  it('are announced', async () => {
    renderTab({ pictures: [picture(1, { finding: found('QR1'), run: ALL })] });
    const announced = () => document.querySelector('[aria-live]')?.textContent;
    await waitFor(() => expect(announced()).toBe('This is the QR code: its own picture says the same.'));
  });
});

describe('“Continue searching”', () => {
  const none = found();
  it.each([
    ['a picture that was not compared', picture(1), true],
    [
      'a run that was stopped',
      { finding: { ...none, isComplete: false }, run: { ...ALL, end: 'stopped' } },
      true,
    ],
    ['a run that failed', { finding: { ...none, isComplete: false }, run: { ...ALL, end: 'failed' } }, true],
    ['a code found before the stop', { finding: found('QR1'), run: { ...ALL, end: 'stopped' } }, false],
    [
      'an account with too many codes',
      { finding: { ...none, isComplete: false }, run: { ...ALL, end: 'full' } },
      false,
    ],
    [
      'a gateway without pictures',
      { finding: { ...none, isComplete: false }, run: { ...ALL, end: 'no-pictures' } },
      false,
    ],
  ] as const)('after %s: %s', (_, change, isOffered) => {
    const { actions } = renderTab({ pictures: [picture(1, change as Partial<FindPicture>)] });
    expect(button('Continue searching') !== null).toBe(isOffered);
    if (isOffered) press('Continue searching');
    expect(actions.find).toHaveBeenCalledTimes(isOffered ? 1 : 0);
  });

  it('is not offered while locked, or during a run', () => {
    renderTab({ pictures: [picture(1)] }, pageWith('locked'));
    expect(button('Continue searching')).toBeNull();
    expect(screen.getByText(/The keys are locked/)).toBeDefined();
    cleanup();
    const { actions } = renderTab({
      pictures: [picture(1)],
      phase: 'comparing',
      progress: { read: 3, compared: 3 },
    });
    expect(button('Continue searching')).toBeNull();
    expect(screen.getByRole('status').textContent).toBe('3 QR codes compared');
    press('Stop');
    expect(actions.stop).toHaveBeenCalledTimes(1);
  });
});

describe('a picture’s text', () => {
  it('is plain text, with hostile characters shown by name', () => {
    const text = 'https://evil.example/<img src=x onerror=alert(1)>\u202e';
    renderTab({ pictures: [picture(1, { text, fileName: '<b>x</b>\u202e.png' })] });
    expect(document.querySelector('.pictures a, .pictures b, img[src=x]')).toBeNull();
    expect(document.body.textContent).not.toContain('\u202e');
    expect(document.body.textContent).toContain('This is no UPI QR code: https://evil.example/');
  });

  it('is in a region whose name is unique', () => {
    renderTab({ pictures: [picture(1), picture(2), picture(3)] });
    const names = screen.getAllByRole('region').map((region) => region.getAttribute('aria-label'));
    expect(names[0]).toBe('What the picture says');
    expect(new Set(names).size).toBe(3);
  });
});

describe('pictures', () => {
  const FILES = [new File(['x'], 'a.png')];
  function dispatch(type: string, property: string, files: readonly File[]): Event {
    const event = new Event(type, { bubbles: true, cancelable: true });
    Object.assign(event, { [property]: { files } });
    document.body.dispatchEvent(event);
    return event;
  }

  it('are taken from a paste or a drop anywhere on the page, and not after the tab is left', () => {
    const { actions, unmount } = renderTab();
    expect(dispatch('paste', 'clipboardData', FILES).defaultPrevented).toBe(true);
    expect(dispatch('drop', 'dataTransfer', FILES).defaultPrevented).toBe(true);
    expect(actions.addFiles.mock.calls).toEqual([[FILES], [FILES]]);
    unmount();
    dispatch('paste', 'clipboardData', FILES);
    expect(actions.addFiles).toHaveBeenCalledTimes(2);
  });

  it('leave a pasted text alone, and report a drop without a file', () => {
    const { actions } = renderTab();
    expect(dispatch('paste', 'clipboardData', []).defaultPrevented).toBe(false);
    expect(dispatch('drop', 'dataTransfer', []).defaultPrevented).toBe(true);
    expect(actions.addFiles).not.toHaveBeenCalled();
    expect(actions.report).toHaveBeenCalledExactlyOnceWith({ kind: 'other', fileName: '' });
  });
});

describe('the camera', () => {
  function stubCamera(answer: Promise<unknown>) {
    const getUserMedia = vi.fn().mockReturnValue(answer);
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    return getUserMedia;
  }
  function streamWith() {
    const track = { readyState: 'live', stop: () => void Object.assign(track, { readyState: 'ended' }) };
    return { track, stream: { getTracks: () => [track] } };
  }

  it('is asked for by the button only, without sound, and the button removes earlier problems', () => {
    const getUserMedia = stubCamera(new Promise(() => undefined));
    const { actions } = renderTab({ problems: [{ kind: 'camera-missing' }] });
    expect(getUserMedia).not.toHaveBeenCalled();
    press('Use the camera');
    expect(actions.dismissProblems).toHaveBeenCalledTimes(1);
    expect(getUserMedia).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ audio: false }));
  });

  it('is turned off if the operator allows it only after the tab is left', async () => {
    const asked = Promise.withResolvers<unknown>();
    stubCamera(asked.promise);
    const { unmount, actions } = renderTab();
    press('Use the camera');
    unmount();
    const { stream, track } = streamWith();
    asked.resolve(stream);
    await waitFor(() => expect(track.readyState).toBe('ended'));
    expect(actions.report).not.toHaveBeenCalled();
  });

  it.each([
    ['NotAllowedError', 'camera-refused'],
    ['NotFoundError', 'camera-missing'],
  ])('reports %s, and the button is back', async (name, kind) => {
    stubCamera(Promise.reject(new DOMException('', name)));
    const { actions } = renderTab();
    press('Use the camera');
    await waitFor(() => expect(actions.report).toHaveBeenCalledExactlyOnceWith({ kind }));
    await waitFor(() => expect(button('Use the camera')).not.toBeNull());
  });
});
