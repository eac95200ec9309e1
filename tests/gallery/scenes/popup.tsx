import { Popup } from '../../../components/popup/Popup.tsx';
import type { AccountView, AppState } from '../../../utils/messaging/protocol.ts';
import type { Attempt } from '../../../utils/model/attempt.ts';
import { createPopupStore } from '../../../utils/stores/popup.ts';
import type { PopupState } from '../../../utils/stores/popup-state.ts';
import { statusLine } from '../../../utils/wording/code-fields.ts';
import { outcomeReport } from '../../../utils/wording/outcome.ts';
import { idle, type Scene, type Scenes } from '../scene.ts';
import { CODE, ID, LIVE, LONG_CODE, LONG_NAME, pageOf, UAT } from './examples.ts';

function popup(
  accounts: AccountView[],
  change: Partial<PopupState> = {},
  page: Partial<AppState> = {},
): Scene {
  const { getState } = createPopupStore(() => Promise.reject(new Error('There is no background.')));
  const state = { ...getState(), page: pageOf(accounts, page), ...change };
  return { draw: () => <Popup state={state} actions={idle()} onOpenSettings={() => undefined} /> };
}

const of = {
  at: Date.UTC(2026, 10, 22, 10, 30),
  accountId: UAT.id,
  accountName: UAT.name,
  environment: 'UAT',
  qrCodeId: ID,
  qrName: LONG_NAME,
  startedBy: 'popup',
} as const;
const recent: Attempt[] = [
  {
    ...of,
    attemptId: 1,
    action: 'cancel',
    sendCount: 1,
    outcome: { kind: 'cancelled', evidence: 'response' },
  },
  {
    ...of,
    attemptId: 2,
    environment: 'LIVE',
    action: 'cancel',
    sendCount: 1,
    outcome: { kind: 'unconfirmed', reason: 'timeout' },
  },
  { ...of, attemptId: 3, action: 'check', outcome: { kind: 'status', status: 'ACTIVE' } },
];
const about = (account: AccountView) => ({ about: { qrCodeId: ID, account }, text: ID, recent });

/** The popup as a whole. */
export const POPUP: Scenes = {
  'popup-first-run': popup([]),
  'popup-no-answer': popup([], { page: undefined, loadFailed: true }),
  'popup-incomplete': popup([UAT], { isIncomplete: true, text: ID }),
  'popup-keys-missing': popup([{ ...UAT, hasKeys: false }]),
  'popup-locked': popup([UAT], {}, { vault: { status: 'locked', protection: 'passphrase', nextTryAt: 0 } }),
  'popup-vault-damaged': popup([UAT], {}, { vault: { status: 'problem', problem: 'damaged' } }),
  'popup-ready': popup([UAT]),
  'popup-ready-live': popup([LIVE, UAT], { recent }),
  'popup-field-error': popup([UAT], { text: 'counter 4', fieldError: () => 'No QR code ID in this text.' }),
  'popup-several': popup([UAT], { text: `${ID}, QR26AB3C4D5E6F` }),
  'popup-checking': popup([UAT], { text: ID, busy: 'checking', recent }),
  'popup-waiting': popup([UAT], {
    text: ID,
    busy: 'checking',
    retryAtByCode: { [`${UAT.id}/${ID}`]: Date.now() + 6_000 },
  }),
  'popup-active': popup([UAT], { ...about(UAT), qrCode: CODE, statusLine: () => statusLine(CODE) }),
  'popup-long-texts': popup([LIVE], {
    ...about(LIVE),
    qrCode: LONG_CODE,
    statusLine: () => statusLine(LONG_CODE),
  }),
  'popup-cancelled': popup([LIVE], {
    ...about(LIVE),
    qrCode: { ...CODE, status: 'CANCELLED' },
    statusLine: () => statusLine({ status: 'CANCELLED' }),
    report: () => outcomeReport({ kind: 'cancelled', evidence: 'response' }, LIVE),
  }),
  'popup-unconfirmed': popup([LIVE], {
    ...about(LIVE),
    report: () => outcomeReport({ kind: 'unconfirmed', reason: 'timeout' }, LIVE),
  }),
};
