import * as v from 'valibot';
import { ENVIRONMENTS } from './environment.ts';

const accountId = v.pipe(v.string(), v.maxLength(64));
const qrCodeId = v.pipe(v.string(), v.maxLength(256));
const pageName = v.picklist(['popup', 'workbench']);
const startedBy = v.picklist(['popup', 'menu', 'workbench']);
const accountDraft = v.strictObject({
  id: v.optional(accountId),
  name: v.pipe(v.string(), v.maxLength(200)),
  environment: v.picklist(ENVIRONMENTS),
  signIn: v.picklist(['secret-key', 'authorization-token']),
  accessKey: v.pipe(v.string(), v.maxLength(4096)),
  secret: v.pipe(v.string(), v.maxLength(16_384)),
});

/** What each message may carry. Closed: a field that is not named here is refused with the whole message. */
export const messageSchemas = {
  readPage: v.strictObject({}),
  takeHandOver: v.strictObject({ page: pageName }),
  readQrCode: v.strictObject({ accountId, qrCodeId }),
  checkStatus: v.strictObject({ accountId, qrCodeId, startedBy }),
  cancelQrCode: v.strictObject({ accountId, qrCodeId, startedBy }),
  readLastCancel: v.strictObject({ accountId, qrCodeId }),
  reviewIds: v.strictObject({ ids: v.pipe(v.array(qrCodeId), v.maxLength(10_000)) }),
  openQrCode: v.strictObject({ qrCodeId }),
  readAttempts: v.strictObject({
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  }),
  saveAccount: accountDraft,
  testConnection: accountDraft,
  useAccount: v.strictObject({ accountId }),
  removeAccount: v.strictObject({ accountId }),
  changeSettings: v.partial(
    v.strictObject({
      askBeforeCancelling: v.boolean(),
      skipAskingInLive: v.boolean(),
      notifications: v.picklist(['always', 'off-screen', 'none']),
      theme: v.picklist(['system', 'light', 'dark']),
    }),
  ),
  eraseHistory: v.strictObject({}),
  forgetEverything: v.strictObject({}),
} as const;
