import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { CancelAttempt, CreateAttempt } from '../model/attempt.ts';
import type { HistoryRow } from '../model/history-row.ts';
import type { Job } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { ChainHead } from './hash-chain.ts';

/** A random name, by which a page tells whether it reads the journal that the worker writes. */
export interface JournalName {
  identity: string;
}

export interface JournalSchema extends DBSchema {
  /** The attempts that have no outcome yet. */
  attempts: {
    key: number;
    value: CancelAttempt | CreateAttempt;
  };
  history: {
    key: number;
    value: HistoryRow;
    /** Newest last. An erasure is no account's, and not in it. */
    indexes: { accountId: string };
  };
  /** Where the chain begins and ends, and which journal this is: one record each. */
  chain: {
    key: string;
    value: ChainHead | JournalName;
  };
  jobs: {
    key: number;
    value: Job;
    indexes: { open: number };
  };
  items: {
    key: [jobId: number, number: number];
    value: Item;
    indexes: { open: [jobId: number, kind: string]; revision: [jobId: number, revision: number] };
  };
}

export type Journal = IDBPDatabase<JournalSchema>;
export type StoreName = StoreNames<JournalSchema>;
export type WriteTransaction = IDBPTransaction<JournalSchema, StoreName[], 'readwrite'>;
