import type { LoggedRequest, Sandbox } from '../../sandbox/server.ts';

/** The required effects of a step of the tour at the gateway. */
export interface Effect {
  /** The QR codes that are read at least once each. */
  reads?: readonly string[];
  /** The QR codes that are cancelled by exactly one request each. No other request may change anything. */
  cancels?: readonly string[];
  /** Whether the connection is checked, with the read of a QR code that does not exist. */
  testsConnection?: true;
}

/** Proves with the sandbox's log that a step had its required effects, and no others. */
export class Proof {
  readonly #sandbox: Sandbox;
  readonly #cancelled = new Set<string>();
  #seen = 0;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Returns the requests since the last call. */
  takeRequests(): LoggedRequest[] {
    const all = this.#sandbox.requests.all();
    const fresh = all.slice(this.#seen);
    this.#seen = all.length;
    return fresh;
  }

  /** Throws an explanation unless a step with these requests had this effect. */
  check(requests: LoggedRequest[], { reads = [], cancels = [], testsConnection }: Effect): void {
    for (const request of requests) checkManners(request, testsConnection ? [200, 404] : [200]);
    for (const id of reads) {
      const read = requests.some(({ operation, qrCodeId }) => operation === 'get' && qrCodeId === id);
      demand(read, `${id} was not read from the gateway`);
    }
    const changing = requests.filter(({ operation }) => !['token', 'get', 'search'].includes(operation));
    const expected = cancels.map((id) => `PATCH /api/v0/qr-code/${id}/cancel`).sort();
    const sent = changing.map(({ method, path }) => `${method} ${path}`).sort();
    demand(
      sent.join() === expected.join(),
      `expected the changing requests [${expected.join(', ')}], the gateway got [${sent.join(', ')}]`,
    );
    for (const id of cancels) this.#cancelled.add(id);
    this.#checkQrCodes();
  }

  #checkQrCodes(): void {
    const { qrCodes } = this.#sandbox;
    for (const environment of ['UAT', 'LIVE'] as const) {
      for (const { qrCodeId, status } of qrCodes.all(environment)) {
        const ours = environment === 'UAT' && this.#cancelled.has(qrCodeId);
        const count = qrCodes.countCancels(environment, qrCodeId);
        demand(count === (ours ? 1 : 0), `${qrCodeId} (${environment}) was cancelled ${count} times`);
        demand(!ours || status === 'CANCELLED', `${qrCodeId} is ${status} at the gateway`);
      }
    }
  }
}

/** Throws an Error with this message unless the condition holds. */
export function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

function checkManners(logged: LoggedRequest, goodStatuses: number[]): void {
  const { method, path, environment, origin, answeredStatus = 0 } = logged;
  const request = `${method} ${path}`;
  demand(origin === undefined, `${request} bore an Origin header, which the gateway refuses`);
  demand(environment === 'UAT', `${request} went to ${environment}`);
  demand(goodStatuses.includes(answeredStatus), `${request} was answered ${answeredStatus || 'not at all'}`);
}
