import type { Environment } from './environment.ts';

/** One merchant's sign-in data. All of it is made up. */
export interface Merchant {
  name: string;
  accessKey: string;
  secretKey: string;
  /** A token that never expires, as an operator may have been given in place of a secret key. */
  readyMadeToken: string;
}

export const MERCHANTS: Readonly<Record<Environment, Merchant>> = {
  UAT: {
    name: 'Saffron Lane Retail (test)',
    accessKey: 'SANDBOX-UAT-ACCESS-KEY-0001',
    secretKey: 'SANDBOX-UAT-SECRET-KEY-not-a-real-secret',
    readyMadeToken: 'SANDBOX-UAT-READY-MADE-TOKEN-not-a-real-token',
  },
  LIVE: {
    name: 'Saffron Lane Retail',
    accessKey: 'SANDBOX-LIVE-ACCESS-KEY-0002',
    secretKey: 'SANDBOX-LIVE-SECRET-KEY-not-a-real-secret',
    readyMadeToken: 'SANDBOX-LIVE-READY-MADE-TOKEN-not-a-real-token',
  },
};
