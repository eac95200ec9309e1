import * as v from 'valibot';
import { NewQrCode } from '../enkash/create.ts';
import { GatewayFilters, MAX_PAGE } from '../enkash/search.ts';
import { LANGUAGES } from '../i18n/language.ts';
import { ACCOUNT_COLOURS } from '../model/account.ts';
import { DESPITE, STARTED_BY } from '../model/attempt.ts';
import { ENVIRONMENTS } from '../model/environment.ts';
import { MAX_COLUMN_NAME, MAX_PART } from '../model/job.ts';
import { WAIT_SECONDS } from '../model/planned-time.ts';
import { MAX_REASON } from '../model/reason.ts';
import { MAX_HAND_OVER_BYTES } from '../navigation/pending-action.ts';
import { MAX_IDS } from '../qr-code-id/max-ids.ts';
import { MAX_OPERATOR_LENGTH, RETENTION_CHOICES_DAYS } from '../settings/settings.ts';
import { LOCK_AFTER_MINUTES } from '../vault/auto-lock.ts';

const accountId = v.pipe(v.string(), v.maxLength(64));
const qrCodeId = v.pipe(v.string(), v.maxLength(256));
const pageName = v.picklist(['popup', 'workbench']);
const startedBy = v.picklist(STARTED_BY);
const reason = v.pipe(v.string(), v.maxLength(MAX_REASON), v.trim());
const accountDraft = v.strictObject({
  id: v.optional(accountId),
  name: v.pipe(v.string(), v.maxLength(200)),
  environment: v.picklist(ENVIRONMENTS),
  colour: v.picklist(ACCOUNT_COLOURS),
  authMethod: v.picklist(['secret-key', 'authorization-token']),
  accessKey: v.pipe(v.string(), v.maxLength(4096)),
  secret: v.pipe(v.string(), v.maxLength(16_384)),
});

/** The most characters of a list for the workbench. The page has refused a text of more bytes already (`fitsHandOver`). */
const MAX_LIST_LENGTH = MAX_HAND_OVER_BYTES;
/** The most codes that one message reads. A page reads a list with many messages. */
const MAX_BATCH_SIZE = 48;
const jobId = v.pipe(v.number(), v.integer(), v.minValue(1));
/** As a native control for date and time gives it. The handler refuses a time that does not exist. */
const wallTime = v.strictObject({
  wall: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)),
  zone: v.pipe(v.string(), v.maxLength(64)),
});
const bulkCode = v.strictObject({
  qrCodeId,
  qrName: v.optional(v.string()),
  amount: v.optional(v.union([v.number(), v.string()])),
});

/** What a message about a list carries: the codes, and the part of the list before them, if that was sent before. */
const listPart = {
  accountId,
  reason: v.optional(reason),
  codes: v.pipe(v.array(bulkCode), v.minLength(1), v.maxLength(MAX_PART)),
  prepared: v.optional(v.strictObject({ jobId, count: jobId })),
};

const passphrase = v.pipe(v.string(), v.maxLength(1024));
const protection = v.union([
  v.strictObject({ kind: v.literal('passphrase'), passphrase }),
  v.strictObject({ kind: v.literal('device') }),
  v.strictObject({ kind: v.literal('session') }),
]);

/** The schema of each message. A message with a field that is not listed here is rejected as a whole. */
export const messageSchemas = {
  getAppState: v.strictObject({}),
  consumePendingAction: v.strictObject({ page: pageName }),
  getQrCode: v.strictObject({ accountId, qrCodeId }),
  checkStatus: v.strictObject({ accountId, qrCodeId, startedBy }),
  cancelQrCode: v.strictObject({
    accountId,
    qrCodeId,
    startedBy,
    reason: v.optional(reason),
    despite: v.optional(v.picklist(DESPITE)),
  }),
  getLastCancel: v.strictObject({ accountId, qrCodeId }),
  openReview: v.strictObject({ text: v.pipe(v.string(), v.maxLength(MAX_LIST_LENGTH)) }),
  getRecentAttempts: v.strictObject({
    accountId: v.optional(accountId),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  getCodeStatuses: v.strictObject({
    accountId,
    qrCodeIds: v.pipe(v.array(qrCodeId), v.minLength(1), v.maxLength(MAX_BATCH_SIZE)),
  }),
  searchQrCodes: v.strictObject({
    accountId,
    filters: GatewayFilters,
    offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
    limit: v.pipe(jobId, v.maxValue(MAX_PAGE)),
    pictures: v.optional(v.boolean()),
  }),
  createQrCode: v.strictObject({ accountId, replaces: qrCodeId, asked: NewQrCode }),
  /** Writes a part of a list that is too long for one message. Nothing is sent before its `startJob`. */
  prepareJob: v.strictObject({ ...listPart, total: v.pipe(jobId, v.maxValue(MAX_IDS)) }),
  /** Confirms a list, whose last codes it carries. */
  startJob: v.strictObject({
    ...listPart,
    column: v.optional(v.pipe(v.string(), v.maxLength(MAX_COLUMN_NAME))),
    /** The workbench if absent. */
    startedBy: v.optional(startedBy),
    /** When it starts; now if both are absent. A wait has no effect beside a time. */
    at: v.optional(wallTime),
    waitSeconds: v.optional(v.picklist(WAIT_SECONDS)),
  }),
  pauseJob: v.strictObject({ jobId }),
  resumeJob: v.strictObject({ jobId }),
  stopJob: v.strictObject({ jobId }),
  runJobNow: v.strictObject({ jobId }),
  rescheduleJob: v.strictObject({ jobId, at: wallTime }),
  dropJob: v.strictObject({ jobId }),
  getScheduledJobs: v.strictObject({}),
  getPlannedFor: v.strictObject({ accountId, qrCodeId }),
  recheckJobItems: v.strictObject({
    jobId,
    numbers: v.pipe(v.array(jobId), v.minLength(1), v.maxLength(MAX_BATCH_SIZE)),
  }),
  saveAccount: accountDraft,
  checkConnection: v.strictObject({
    draft: accountDraft,
    qrCodeId: v.optional(qrCodeId),
    /** Identifies the check for the page that watches its progress. */
    checkId: accountId,
  }),
  readExchanges: v.strictObject({}),
  selectAccount: v.strictObject({ accountId }),
  removeAccount: v.strictObject({ accountId }),
  updateSettings: v.strictObject({
    confirmBeforeCancelling: v.optional(v.boolean()),
    skipConfirmationInLive: v.optional(v.boolean()),
    waitBeforeCancelling: v.optional(v.picklist(WAIT_SECONDS)),
    waitForSingle: v.optional(v.boolean()),
    notifications: v.optional(v.picklist(['always', 'off-screen', 'none'])),
    theme: v.optional(v.picklist(['system', 'light', 'dark'])),
    language: v.optional(v.picklist(['system', ...LANGUAGES])),
    lockAfterMinutes: v.optional(v.picklist(LOCK_AFTER_MINUTES)),
    operator: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(MAX_OPERATOR_LENGTH))),
    historyRetentionDays: v.optional(v.nullable(v.picklist(RETENTION_CHOICES_DAYS))),
  }),
  unlock: v.strictObject({ passphrase }),
  lock: v.strictObject({}),
  setProtection: v.strictObject({ target: protection, presentPassphrase: v.optional(passphrase) }),
  clearHistory: v.strictObject({}),
  resetExtension: v.strictObject({}),
  readJournalIdentity: v.strictObject({}),
} as const;
