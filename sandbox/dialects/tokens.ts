import type { Fields } from '../apply-transform.ts';
import type { Call } from '../call.ts';
import { rejection } from '../envelope.ts';
import { jsonDelivery, type RawResponse, wholeDelivery } from '../raw-response.ts';
import { type Dialect, type Layer, QR_CALLS } from './dialect.ts';
import { jsonOf, withJson } from './json-body.ts';
import { nginxDelivery, simplePage } from './pages.ts';
import { springError } from './spring.ts';

/** Responses to stale tokens, to the token call and to wrong keys. */
export const TOKENS = {
  'stale-117-under-200': stale('code 117 under HTTP 200', (delivery) => delivery),
  'stale-117-under-403': stale('code 117 under HTTP 403', (delivery) =>
    'httpStatus' in delivery ? { ...delivery, httpStatus: 403 } : delivery,
  ),
  'stale-403-html': stale('a page 403', () => simplePage(403, 'Forbidden', 'You may not see this.')),
  'stale-401-empty': stale('HTTP 401 without a body', () =>
    wholeDelivery(401, { 'www-authenticate': 'Bearer error="invalid_token"' }, ''),
  ),
  'stale-401-envelope': stale('HTTP 401 with code 401 in the envelope', () =>
    jsonDelivery(401, rejection(401, 'Unauthorized').json),
  ),
  'bearer-401-bare-403': {
    description: "A token after Bearer is refused by Spring's JSON 401, a bare one by a page 403",
    on: QR_CALLS,
    start: () => (call) =>
      call.authorization?.startsWith('Bearer ')
        ? springError(401, call.path)
        : simplePage(403, 'Forbidden', 'You may not see this.'),
  },
  'any-code-under-200': {
    description: 'Each QR call is refused with code 118 under HTTP 200, whatever the keys',
    on: QR_CALLS,
    start: () => () => jsonDelivery(200, rejection(118, 'Invalid merchantAccessKey').json),
  },
  'token-503': tokenCall("nginx's page 503", () => nginxDelivery(503)),
  'token-503-after-117': {
    description: "The token call is answered with nginx's page 503 once a QR call was answered with code 117",
    on: [...QR_CALLS, 'token'],
    start: tokenFailsAfterRefusal,
  },
  'token-html': tokenCall('a page under HTTP 200', () =>
    simplePage(200, 'Scheduled maintenance', 'We will be right back.'),
  ),
  'token-404': tokenCall("nginx's page 404", () => nginxDelivery(404)),
  'token-405': tokenCall("Spring's JSON 405", ({ path }) =>
    springError(405, path, "Request method 'POST' is not supported"),
  ),
  'token-415': tokenCall("Spring's JSON 415", ({ path }) =>
    springError(415, path, "Content-Type 'application/json' is not supported"),
  ),
  'token-missing-header': tokenCall("Spring's JSON 400 that misses API-Key, sent or not", missingHeader),
  'token-requires-api-key': {
    description: 'The token call needs the header API-Key: <access key>, else Spring answers JSON 400',
    on: ['token'],
    start: () => (call, next) =>
      call.headers['api-key'] !== undefined && call.body.includes(JSON.stringify(call.headers['api-key']))
        ? next(call)
        : missingHeader(call),
  },
  'token-refused-200': tokenCall('resultCode 1, "Invalid access key", under HTTP 200', () =>
    jsonDelivery(200, { resultCode: 1, resultMessage: 'Invalid access key' }),
  ),
  'token-under-payload': issued('token and expiry stand in payload', ({ token, expiry, ...rest }) => ({
    ...rest,
    payload: { token, expiry },
  })),
  'token-under-data': issued('token and expiry stand in data', ({ token, expiry, ...rest }) => ({
    ...rest,
    data: { token, expiry },
  })),
  'token-result-200': issued('resultCode 200 is success', (json) => ({ ...json, resultCode: 200 })),
  'token-no-expiry': issued('there is no expiry', ({ expiry: _, ...rest }) => rest),
} as const satisfies Record<string, Dialect>;

function stale(form: string, deliver: (refusal: RawResponse) => RawResponse): Dialect {
  return {
    description: `A stale token is answered with ${form}; with after, all issued tokens go stale there, once`,
    on: QR_CALLS,
    start: () => async (call, next) => {
      const delivery = await next(call);
      return refusesToken(delivery) ? deliver(delivery) : delivery;
    },
    afterwards: ({ tokens }) => tokens.expire(),
  };
}

function tokenCall(answer: string, deliver: (call: Call) => RawResponse): Dialect {
  return {
    description: `The token call is answered with ${answer}`,
    on: ['token'],
    start: () => deliver,
  };
}

function issued(what: string, edit: (json: Fields) => Fields): Dialect {
  return {
    description: `In the token call's good answer, ${what}`,
    on: ['token'],
    start: () => async (call, next) => {
      const delivery = await next(call);
      const json = jsonOf(delivery);
      return json?.token === undefined ? delivery : withJson(delivery, edit(json));
    },
  };
}

function tokenFailsAfterRefusal(): Layer {
  let refused = false;
  return async (call, next) => {
    if (call.operation === 'token' && refused) return nginxDelivery(503);
    const delivery = await next(call);
    refused ||= refusesToken(delivery);
    return delivery;
  };
}

function refusesToken(delivery: RawResponse): boolean {
  return Number(jsonOf(delivery)?.response_code) === 117;
}

function missingHeader({ path }: Call): RawResponse {
  const message = "Required request header 'API-Key' for method parameter type String is not present";
  return springError(400, path, message);
}
