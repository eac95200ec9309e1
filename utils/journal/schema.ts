import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { CancelAttempt, CreateAttempt } from '../model/attempt.ts';
import type { HistoryRow } from '../model/history-row.ts';
import type { Job } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { ChainHead } from './hash-chain.ts';

/** A random name. A page compares it with the worker's to detect that it reads another journal. */
export interface JournalName {
  identity: string;
}

export interface JournalSchema extends DBSchema {
  /** The attempts without an outcome. */
  attempts: {
    key: number;
    value: CancelAttempt | CreateAttempt;
  };
  history: {
    key: number;
    value: HistoryRow;
    /** Newest last. Erasures belong to no account and are not in the index. */
    indexes: { accountId: string };
  };
  /** Two records: the head of the chain, and the journal's name. */
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
