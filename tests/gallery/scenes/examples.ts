import type { QrCode } from '../../../utils/enkash/qr-code.ts';
import type { AccountView, AppState } from '../../../utils/messaging/protocol.ts';
import { DEFAULT_POLICY } from '../../../utils/settings/policy.ts';
import { DEFAULT_SETTINGS } from '../../../utils/settings/settings.ts';

export const ID = 'QR26DU7U9NREWU';
export const LONG_NAME =
  'श्री महालक्ष्मी किराणा आणि जनरल स्टोअर्स, लक्ष्मी रोड, पुणे – दैनिक उधारी खाते क्रमांक ४५६ (मुख्य काउंटर, दुसरा मजला)';
export const UNBROKEN = 'SHRIMAHALAKSHMIKIRANAANDGENERALSTORESLAXMIROADPUNE411030MAHARASHTRA';

export const UAT: AccountView = {
  id: 'a1',
  name: 'Main counter',
  environment: 'UAT',
  colour: 'blue',
  authMethod: 'secret-key',
  hasKeys: true,
};
export const LIVE: AccountView = {
  ...UAT,
  id: 'a2',
  name: 'Chandni Chowk',
  environment: 'LIVE',
  colour: 'orange',
};
export const LONG_ACCOUNT: AccountView = { ...LIVE, id: 'a3', name: LONG_NAME, colour: 'purple' };

/** A page with these accounts, of which the first is selected. */
export function pageOf(accounts: AccountView[], change: Partial<AppState> = {}): AppState {
  return {
    accounts,
    currentAccountId: accounts[0]?.id ?? null,
    settings: DEFAULT_SETTINGS,
    vault: { status: 'open', protection: 'device' },
    policy: DEFAULT_POLICY,
    ...change,
  };
}

/** A QR code image as from the gateway. */
const IMAGE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAPYAAAD2AQAAAADNaUdlAAABmElEQVR4nO2Y2QkDMQxEB1SAS3LrLskFGBRmpD3CQr6tsMZskn35EZJGB/z3wctf/uccPN19rOYLcB8++cqKcH7ODsAnbGK1YbPn+xKcr7ts6rSP3zvQa3E5p8tRbgW5TOz6gmJc8RWZgcyPZ/ztyyO/bd7vM//35XFCnA6JeurvvvwMLsLmaC7njCrcfZguDr7QqbJFOFQQFjK/Q6hodBGeNrUB6ivrG1P88s/u3JTiKmtZKHziW7/25hPHXw5ZKsXDOCgnTqFV0tTgCihlCZ+8KU5FeDgHNE7PllXaivCQUhY39US0T3JViPtEdNZIceXPOjxtCk2NLkNRVoavM6DSP1ElavBwiwYClrWY1dZl3+7c1OK5Gopo8UyDQhWubi67PGU5vvvT3blpIGNCs7nglkXG3fR3bx4nnKMWr0fFqMJjvoyEVls98lmE53zfcst1VLl7f703P/YrcWNKsFt/VILLxKHNRI+JzUpxilO7isNz/7UvV3xxpmGhG9FiP+JvX37utzTfQOUO9/3E5vzXefnL/5l/AKRvwrJzyBSFAAAAAElFTkSuQmCC';

export const CODE: QrCode = {
  status: 'ACTIVE',
  qrName: 'Charminar Pearls – Necklace advance',
  amount: 25_000,
  multipleUse: true,
  expiry: '2026-12-03T03:09:20.387',
  description: 'Necklace advance 1005, Hyderabad',
  customerName: 'Sneha Patil',
  customerMobile: '+91 00000 01005',
  referenceNumber: 'REF1005117',
  createdOn: '2026-11-21T19:37:56.475',
  qrCodeBase64: IMAGE,
};

export const LONG_CODE: QrCode = {
  ...CODE,
  status: 'ON_HOLD_BY_RISK_TEAM',
  qrName: LONG_NAME,
  amount: 12_345_678.5,
  description: LONG_NAME,
  referenceNumber: UNBROKEN,
  customParams: { [UNBROKEN]: UNBROKEN },
};
