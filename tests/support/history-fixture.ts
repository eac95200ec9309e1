import { IDBFactory } from 'fake-indexeddb';
import { createAttemptStore } from '../../utils/journal/attempt-store.ts';
import { openJournal } from '../../utils/journal/database.ts';
import { createChainVerifier } from '../../utils/journal/hash-chain.ts';
import { createHistoryEraser } from '../../utils/journal/history-eraser.ts';
import { createHistoryStore } from '../../utils/journal/history-store.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const CHECKED = { kind: 'status', status: 'ACTIVE' } as const;

/** An empty journal, with a clock at 0 that stands still until it is set. */
export function createHistoryFixture() {
  globalThis.indexedDB = new IDBFactory();
  const journal = openJournal();
  const open = () => journal;
  const clock = { at: 0, now: () => clock.at, sleep: async () => undefined };
  const attempts = createAttemptStore(open, clock);
  const history = createHistoryStore(open);

  async function recordCheck(at: number, qrCodeId = 'QR26FUTURE'): Promise<void> {
    await attempts.recordCheck(ACCOUNT, { qrCodeId, startedBy: 'popup' }, { at, outcome: CHECKED });
  }

  return {
    open,
    clock,
    attempts,
    history,
    erase: createHistoryEraser(open, clock).erase,
    recordCheck,
    /** Records checks at 1,000, 2,000 … ms, and sets the clock to the last one. */
    async recordChecks(count: number): Promise<void> {
      for (let index = 1; index <= count; index += 1) {
        clock.at = index * 1_000;
        await recordCheck(clock.at, `QR26A${index}`);
      }
    },
    beginCancel: (qrCodeId: string) => attempts.beginCancel(ACCOUNT, { qrCodeId, startedBy: 'popup' }),
    /** Reads all rows and verifies the chain. */
    async verified() {
      const { isHeadMissing, ends } = await history.loadBounds();
      const rows = await history.rows(0, Number.MAX_SAFE_INTEGER);
      const verifier = createChainVerifier(ends, isHeadMissing);
      verifier.verify(rows);
      return { isHeadMissing, rows, violations: verifier.finish() };
    },
    close: async () => (await journal).close(),
  };
}
