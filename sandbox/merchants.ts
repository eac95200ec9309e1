import type { Environment } from './environment.ts';

/** A merchant's keys. */
export interface Keys {
  accessKey: string;
  secretKey: string;
}

/** The made-up credentials of one merchant. */
export interface Merchant extends Keys {
  name: string;
  /** The UPI ID to which all its QR codes pay. */
  upiId: string;
  /** The four digits for its trade, as in ISO 18245. */
  categoryCode: string;
  /** A token that never expires, which an operator may have instead of a secret key. */
  readyMadeToken: string;
  /** A second pair of keys and its tokens, with characters that every encoding escapes. */
  keysWithSigns: Keys;
}

export const MERCHANTS: Readonly<Record<Environment, Merchant>> = {
  UAT: {
    name: 'Saffron Lane Retail (test)',
    upiId: 'saffronlane.test@sandbox',
    categoryCode: '5311',
    accessKey: 'SANDBOX-UAT-ACCESS-KEY-0001',
    secretKey: 'SANDBOX-UAT-SECRET-KEY-not-a-real-secret',
    readyMadeToken: 'SANDBOX-UAT-READY-MADE-TOKEN-not-a-real-token',
    keysWithSigns: {
      accessKey: 'SANDBOX/UAT+ACCESS&KEY="0003"<not-real>',
      secretKey: 'SANDBOX/UAT+SECRET&KEY="~\\"<not-a-real-secret>%=',
    },
  },
  LIVE: {
    name: 'Saffron Lane Retail',
    upiId: 'saffronlane@sandbox',
    categoryCode: '5311',
    accessKey: 'SANDBOX-LIVE-ACCESS-KEY-0002',
    secretKey: 'SANDBOX-LIVE-SECRET-KEY-not-a-real-secret',
    readyMadeToken: 'SANDBOX-LIVE-READY-MADE-TOKEN-not-a-real-token',
    keysWithSigns: {
      accessKey: 'SANDBOX/LIVE+ACCESS&KEY="0004"<not-real>',
      secretKey: 'SANDBOX/LIVE+SECRET&KEY="~\\"<not-a-real-secret>%=',
    },
  },
};
