import type { MessageName, Request } from '../../../utils/messaging/protocol.ts';

/** A valid request for every message, so that a missing response is not due to its form. */
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
    getAppState: {},
    consumePendingAction: { page: 'popup' },
    getQrCode: { accountId, qrCodeId },
    checkStatus: { accountId, qrCodeId, startedBy: 'popup' },
    cancelQrCode: { accountId, qrCodeId, startedBy: 'popup' },
    getLastCancel: { accountId, qrCodeId },
    openReview: { text: qrCodeId },
    getRecentAttempts: { limit: 100 },
    getCodeStatuses: { accountId, qrCodeIds: [qrCodeId] },
    searchQrCodes: { accountId, filters: {}, offset: 0, limit: 10 },
    createQrCode: {
      accountId,
      replaces: qrCodeId,
      asked: { qrName: 'Theirs', multipleUse: true, amount: 1, customParams: [] },
    },
    prepareJob: { accountId, total: 2, codes: [{ qrCodeId }] },
    startJob: { accountId, codes: [{ qrCodeId }] },
    pauseJob: { jobId: 1 },
    resumeJob: { jobId: 1 },
    stopJob: { jobId: 1 },
    runJobNow: { jobId: 1 },
    rescheduleJob: { jobId: 1, at: { wall: '2099-12-31T23:59', zone: 'UTC' } },
    dropJob: { jobId: 1 },
    getScheduledJobs: {},
    getPlannedFor: { accountId, qrCodeId },
    recheckJobItems: { jobId: 1, numbers: [1] },
    saveAccount: draft,
    checkConnection: { draft, checkId: 'a' },
    readExchanges: {},
    selectAccount: { accountId },
    removeAccount: { accountId },
    updateSettings: { confirmBeforeCancelling: false, skipConfirmationInLive: true, notifications: 'none' },
    unlock: { passphrase: 'not the passphrase' },
    lock: {},
    setProtection: { target: { kind: 'passphrase', passphrase: 'a passphrase of theirs' } },
    clearHistory: {},
    resetExtension: {},
    readJournalIdentity: {},
  };
}
