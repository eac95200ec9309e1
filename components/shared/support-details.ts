import { createContext } from 'preact';
import type { AccountRef } from '../../utils/model/account.ts';

/** Copies the details of the last requests, labelled with an account. Resolves with whether the copy succeeded. */
export type CopyDetails = (account: AccountRef | undefined) => Promise<boolean>;

/** The page's function that copies details for support. */
export const SupportDetails = createContext<CopyDetails>(async () => false);
