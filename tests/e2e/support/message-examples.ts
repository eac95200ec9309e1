import type { MessageName, Request } from '../../../utils/messaging/protocol.ts';

/** A well-formed request for every message, so that whoever is not answered is not for its form. */
export function messageExamples(
  accountId: string,
  qrCodeId: string,
): { [Name in MessageName]: Request<Name> } {
  const draft = {
    id: accountId,
    name: 'Renamed',
    environment: 'UAT',
    colour: 'blue',
    authMethod: 'secret-key',
    accessKey: '',
    secret: '',
  } as const;
  return {
    readPage: {},
    takeHandOver: { page: 'popup' },
    readQrCode: { accountId, qrCodeId },
    checkStatus: { accountId, qrCodeId, startedBy: 'popup' },
    cancelQrCode: { accountId, qrCodeId, startedBy: 'popup' },
    readLastCancel: { accountId, qrCodeId },
    reviewIds: { text: qrCodeId },
    readAttempts: { limit: 100 },
    readQrCodes: { accountId, qrCodeIds: [qrCodeId] },
    searchQrCodes: { accountId, filters: {}, offset: 0, limit: 10 },
    createQrCode: {
      accountId,
      replaces: qrCodeId,
      asked: { qrName: 'Theirs', multipleUse: true, amount: 1, customParams: [] },
    },
    startBulk: { accountId, codes: [{ qrCodeId }] },
    pauseBulk: { jobId: 1 },
    resumeBulk: { jobId: 1 },
    endBulk: { jobId: 1 },
    checkBulkAgain: { jobId: 1, numbers: [1] },
    saveAccount: draft,
    checkConnection: { draft, checkId: 'a' },
    readExchanges: {},
    useAccount: { accountId },
    removeAccount: { accountId },
    changeSettings: { confirmBeforeCancelling: false, skipConfirmationInLive: true, notifications: 'none' },
    unlock: { passphrase: 'not the passphrase' },
    lock: {},
    protect: { target: { kind: 'passphrase', passphrase: 'a passphrase of theirs' } },
    eraseHistory: {},
    forgetEverything: {},
    readJournalIdentity: {},
  };
}
