import type { Environment } from './environment.ts';

/** What a merchant signs in with. */
export interface Keys {
  accessKey: string;
  secretKey: string;
}

/** One merchant's sign-in data. All of it is made up. */
export interface Merchant extends Keys {
  name: string;
  /** A token that never expires, as an operator may have been given in place of a secret key. */
  readyMadeToken: string;
  /** A second pair of keys, and tokens for them, of characters that every encoding has to escape. */
  keysWithSigns: Keys;
}

export const MERCHANTS: Readonly<Record<Environment, Merchant>> = {
  UAT: {
    name: 'Saffron Lane Retail (test)',
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
    accessKey: 'SANDBOX-LIVE-ACCESS-KEY-0002',
    secretKey: 'SANDBOX-LIVE-SECRET-KEY-not-a-real-secret',
    readyMadeToken: 'SANDBOX-LIVE-READY-MADE-TOKEN-not-a-real-token',
    keysWithSigns: {
      accessKey: 'SANDBOX/LIVE+ACCESS&KEY="0004"<not-real>',
      secretKey: 'SANDBOX/LIVE+SECRET&KEY="~\\"<not-a-real-secret>%=',
    },
  },
};
