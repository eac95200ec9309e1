// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { Attempt } from '../../utils/model/attempt.ts';
import { RecentList } from './RecentList.tsx';

afterEach(cleanup);

const of = { accountId: 'a1', accountName: 'Main counter', startedBy: 'popup', action: 'check' } as const;
const outcome = { kind: 'status', status: 'ACTIVE' } as const;
const ATTEMPTS: Attempt[] = [
  { ...of, outcome, attemptId: 2, at: 2, environment: 'UAT', qrCodeId: 'QR26AB3C4D5E6F' },
  { ...of, outcome, attemptId: 1, at: 1, environment: 'LIVE', qrCodeId: 'QR26DU7U9NREWU' },
];

it('shows the environment only of codes that were in another one than the account is now', () => {
  render(<RecentList attempts={ATTEMPTS} environment="UAT" onChoose={() => undefined} />);
  const [same, other] = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(same).not.toContain('UAT');
  expect(other).toContain('LIVE');
});
