import { Agent, type Dispatcher, request } from 'undici';
import { type Environment, HOST_NAMES } from './environment.ts';
import type { Sandbox } from './server.ts';

/** The protocols every behaviour is tested over. */
export const PROTOCOLS = ['HTTP/1.1', 'HTTP/2'] as const;

/** An answer as the tests look at it; `json` is undefined where the body is no JSON. */
export interface TestAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: {
    response_code?: unknown;
    payload?: unknown;
    token?: string;
    expiry?: unknown;
    [field: string]: unknown;
  };
}

/** What a request bears; the body is sent as JSON. */
interface SendOptions {
  environment?: Environment;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

/** A client that trusts the sandbox's certificate and reaches it under the gateway's host names. */
export class TestClient {
  readonly #sandbox: Sandbox;
  readonly #agent: Agent;

  constructor(sandbox: Sandbox, protocol: (typeof PROTOCOLS)[number]) {
    this.#sandbox = sandbox;
    this.#agent = new Agent({
      allowH2: protocol === 'HTTP/2',
      connect: {
        ca: sandbox.certificate.pem,
        lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      },
    });
  }

  /** Sends one request and reads the answer to its end. Rejects where the connection fails. */
  async send(method: Dispatcher.HttpMethod, path: string, options: SendOptions = {}): Promise<TestAnswer> {
    const answer = await this.open(method, path, options);
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, text, json: parsed(text) };
  }

  /** Sends one request and answers as soon as the answer begins, its body unread. */
  open(
    method: Dispatcher.HttpMethod,
    path: string,
    options: SendOptions = {},
  ): Promise<Dispatcher.ResponseData> {
    const { environment = 'UAT', headers = {}, body, signal } = options;
    return request(`https://${HOST_NAMES[environment]}:${this.#sandbox.port}${path}`, {
      dispatcher: this.#agent,
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  }

  /** Signs in with an environment's keys and answers the headers for the QR calls. */
  async signIn(environment: Environment = 'UAT'): Promise<Record<string, string>> {
    const { accessKey, secretKey } = this.#sandbox.merchants[environment];
    const { json } = await this.send('POST', '/api/v0/merchant/token', {
      environment,
      body: { accessKey, secretKey },
    });
    return { authorization: `Bearer ${json.token}`, merchantaccesskey: accessKey };
  }

  /** Cancels a QR code with the given headers. */
  cancel(qrCodeId: string, headers: Record<string, string>, signal?: AbortSignal): Promise<TestAnswer> {
    return this.send('PATCH', `/api/v0/qr-code/${qrCodeId}/cancel`, {
      headers,
      body: {},
      ...(signal && { signal }),
    });
  }

  /** Closes the client's connections. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

function parsed(text: string): TestAnswer['json'] {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
