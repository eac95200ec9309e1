// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { CopySupportDetails } from './CopySupportDetails.tsx';
import { type CopyDetails, SupportDetails } from './support-details.ts';

afterEach(cleanup);

const ACCOUNT = { id: 'a1', name: 'Main counter', environment: 'UAT' } as const;

function press(copy: CopyDetails) {
  render(
    <SupportDetails.Provider value={copy}>
      <CopySupportDetails account={ACCOUNT} />
    </SupportDetails.Provider>,
  );
  const button = screen.getByRole('button', { name: 'Copy details for support' });
  button.focus();
  fireEvent.click(button);
  return button;
}

it('A50 copies the account’s details once, confirms the copy, and keeps the focus', async () => {
  const copy = vi.fn(async () => true);
  const button = press(copy);
  fireEvent.click(button);
  await waitFor(() => expect(screen.getByText('Copied.').getAttribute('aria-live')).toBe('polite'));
  expect(copy).toHaveBeenCalledExactlyOnceWith(ACCOUNT);
  expect(document.activeElement).toBe(button);
});

it.each([
  ['the copy fails', async () => false],
  ['the background does not respond', () => Promise.reject(new Error('The worker has died.'))],
])('A50 says that the details were not copied if %s', async (_, copy) => {
  press(copy);
  await screen.findByText('This could not be copied.');
});
