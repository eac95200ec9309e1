import { BulkDialog } from '../../../components/bulk/BulkDialog.tsx';
import { ConfirmDialog } from '../../../components/options/ConfirmDialog.tsx';
import { CancelDialog } from '../../../components/popup/CancelDialog.tsx';
import { DetailsDialog } from '../../../components/search/DetailsDialog.tsx';
import { ReplacementDialog } from '../../../components/search/ReplacementDialog.tsx';
import type { NewQrCode } from '../../../utils/enkash/create.ts';
import { formFromQrCode } from '../../../utils/qr-code/replacement-form.ts';
import type { ConfirmationState } from '../../../utils/stores/bulk-state.ts';
import type { Replacement } from '../../../utils/stores/replacement-state.ts';
import { idle, PAGE_WIDTH, type Scene, type Scenes } from '../scene.ts';
import { CODE, ID, LIVE, LONG_CODE, UAT } from './examples.ts';

const nothing = () => undefined;

function cancel(change: Partial<Parameters<typeof CancelDialog>[0]>): Scene {
  return {
    height: 620,
    draw: () => (
      <CancelDialog
        qrCodeId={ID}
        account={UAT}
        read={{ kind: 'answered', code: 0, message: 'OK', payload: CODE }}
        busy={false}
        reasonRequired={false}
        onKeep={nothing}
        onConfirm={nothing}
        {...change}
      />
    ),
  };
}

function bulk(account: typeof UAT, change: Partial<ConfirmationState>): Scene {
  const question: ConfirmationState = {
    account,
    count: 2_987,
    confirmationPhrase: 'CANCEL 2987',
    columnName: 'QR Code ID',
    phraseInput: '',
    start: undefined,
    expiries: [],
    busy: false,
    ...change,
  };
  return {
    width: PAGE_WIDTH,
    height: 620,
    draw: () => <BulkDialog question={question} reasonRequired={false} actions={idle()} />,
  };
}

const ASKED: NewQrCode = { qrName: 'Counter 4', multipleUse: true, amount: 500, customParams: [] };

function replacement(change: Partial<Replacement>): Scene {
  const shown: Replacement = {
    account: LIVE,
    replaces: ID,
    givenExpiry: '',
    form: formFromQrCode(CODE),
    problems: [],
    stage: 'form',
    typed: '',
    ...change,
  };
  return {
    width: PAGE_WIDTH,
    height: 900,
    draw: () => <ReplacementDialog replacement={shown} actions={idle()} />,
  };
}

/** The confirmations, and the details of a found code. */
export const DIALOGS: Scenes = {
  'cancel-dialog': cancel({}),
  'cancel-dialog-live': cancel({ account: LIVE }),
  'cancel-dialog-long': cancel({
    account: LIVE,
    read: { kind: 'answered', code: 0, message: 'OK', payload: LONG_CODE },
  }),
  'cancel-dialog-unread': cancel({ read: { kind: 'ambiguous', reason: 'connection' } }),
  'cancel-dialog-reason': cancel({ reasonRequired: true }),
  'cancel-dialog-busy': cancel({ busy: true }),
  'bulk-dialog': bulk(UAT, {}),
  'bulk-dialog-live': bulk(LIVE, { phraseInput: 'CANCEL 2987' }),
  'bulk-dialog-preparing': bulk(UAT, { phraseInput: 'CANCEL 2987', busy: true, prepared: 2_500 }),
  'bulk-dialog-problem': bulk(UAT, { problem: { code: 'another-job' } }),
  'remove-account': {
    height: 420,
    draw: () => (
      <ConfirmDialog confirmation={{ about: 'remove', account: LIVE }} onKeep={nothing} onConfirm={nothing} />
    ),
  },
  'forget-everything': {
    height: 420,
    draw: () => <ConfirmDialog confirmation={{ about: 'forget' }} onKeep={nothing} onConfirm={nothing} />,
  },
  'found-details': {
    width: PAGE_WIDTH,
    height: 700,
    draw: () => (
      <DetailsDialog
        details={{
          qrCodeId: ID,
          read: { kind: 'answered', code: 0, message: 'OK', payload: CODE },
          copied: true,
        }}
        account={LIVE}
        actions={idle()}
        onReplace={nothing}
      />
    ),
  },
  'found-details-failed': {
    width: PAGE_WIDTH,
    height: 420,
    draw: () => (
      <DetailsDialog
        details={{ qrCodeId: ID, read: { kind: 'ambiguous', reason: 'timeout' } }}
        account={LIVE}
        actions={idle()}
        onReplace={nothing}
      />
    ),
  },
  'replacement-form': replacement({}),
  'replacement-problems': replacement({
    problems: [
      { field: 'qrName', code: 'required' },
      { field: 'amount', code: 'not-an-amount' },
    ],
  }),
  'replacement-gate': replacement({ stage: 'asking', request: ASKED, word: 'CREATE' }),
  'replacement-created': replacement({
    stage: 'ended',
    request: ASKED,
    result: { outcome: { kind: 'created', code: 0, message: 'SUCCESS' }, qrCode: { ...CODE, qrCodeId: ID } },
  }),
};
