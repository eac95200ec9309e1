import { gatewayDateTime } from './date-time.ts';
import { ENVIRONMENTS, type Environment } from './environment.ts';
import { type QrCode, seedQrCodes } from './seed.ts';

/** Each environment's QR codes, in memory. Returns copies: use `put` and `setStatus` for changes. */
export class QrCodeStore {
  readonly #codes: Record<Environment, Map<string, QrCode>> = { UAT: new Map(), LIVE: new Map() };
  readonly #cancels: Record<Environment, Map<string, number>> = { UAT: new Map(), LIVE: new Map() };

  constructor() {
    this.reset();
  }

  /** All QR codes of an environment, in the order of creation. */
  all(environment: Environment): QrCode[] {
    return [...this.#codes[environment].values()].map((code) => ({ ...code }));
  }

  /** One QR code, or undefined if the environment has none with this id. */
  get(environment: Environment, qrCodeId: string): QrCode | undefined {
    const code = this.#codes[environment].get(qrCodeId);
    return code && { ...code };
  }

  /**
   * Adds a QR code, or overwrites fields of the one with this id. Accepts any JSON, so that tests can serve odd and
   * hostile fields. A new code is ACTIVE by default. `undefined` removes a field.
   */
  put(environment: Environment, fields: QrCode): void {
    const before = this.#codes[environment].get(fields.qrCodeId) ?? { status: 'ACTIVE' };
    const kept = Object.entries({ ...before, ...fields }).filter(([, value]) => value !== undefined);
    this.#codes[environment].set(fields.qrCodeId, { ...Object.fromEntries(kept), qrCodeId: fields.qrCodeId });
  }

  /** Changes a status without a call; not counted as a cancel. Throws for an unknown id. */
  setStatus(environment: Environment, qrCodeId: string, status: string): void {
    if (!this.#codes[environment].has(qrCodeId)) throw new Error(`No QR code ${qrCodeId} in ${environment}`);
    this.put(environment, { qrCodeId, status, modifiedOn: gatewayDateTime(Date.now()) });
  }

  /** Cancels a code for a call to the gateway, and counts it. Throws for an unknown id. */
  cancel(environment: Environment, qrCodeId: string): void {
    this.setStatus(environment, qrCodeId, 'CANCELLED');
    this.#cancels[environment].set(qrCodeId, this.countCancels(environment, qrCodeId) + 1);
  }

  /** The number of cancels of this id that took effect through a call to the gateway. */
  countCancels(environment: Environment, qrCodeId: string): number {
    return this.#cancels[environment].get(qrCodeId) ?? 0;
  }

  /** Restores the seeded QR codes and removes all others. */
  reset(): void {
    for (const environment of ENVIRONMENTS) {
      this.#cancels[environment].clear();
      this.#codes[environment] = new Map(
        seedQrCodes(environment, Date.now()).map((code) => [code.qrCodeId, code]),
      );
    }
  }
}
