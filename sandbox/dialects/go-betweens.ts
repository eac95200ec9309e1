import type { Call } from '../call.ts';
import { rejection } from '../envelope.ts';
import { jsonDelivery, type RawResponse, wholeDelivery } from '../raw-response.ts';
import { type Dialect, type DialectOptions, type Next, QR_CALLS, type World } from './dialect.ts';
import { editRecords, jsonOf, withJson } from './json-body.ts';
import { nginxDelivery, simplePage } from './pages.ts';
import { springError } from './spring.ts';

/** Intermediaries that answer instead of the gateway, or replace its response. */
export const GO_BETWEENS = {
  'proxy-404-html': inPlace("nginx's page 404", () => nginxDelivery(404)),
  'router-404-json': inPlace("Kong's JSON 404, no envelope", () =>
    wholeDelivery(
      404,
      { 'content-type': 'application/json; charset=utf-8', server: 'kong/3.6.1' },
      '{"message":"no Route matched with those values"}',
    ),
  ),
  'spring-error-404': inPlace("Spring's JSON 404, no envelope", (call) => springError(404, call.path)),
  'waf-403-html': inPlace("a web application firewall's page 403", () =>
    simplePage(
      403,
      'Access Denied',
      "You don't have permission to access this resource. Reference #18.5d3e1202.1760000000.1a2b3c4d",
    ),
  ),
  'proxy-405': inPlace("nginx's page 405", () => nginxDelivery(405, { allow: 'GET, HEAD, POST' })),
  'proxy-407': inPlace("a proxy's page 407", () =>
    simplePage(407, 'Proxy Authentication Required', 'Sign in to the proxy first.', {
      'proxy-authenticate': 'Basic realm="proxy.example"',
    }),
  ),
  'legal-451': inPlace('a page 451', () =>
    simplePage(451, 'Unavailable For Legal Reasons', 'This site is blocked by order of the authorities.'),
  ),
  'captive-511': inPlace('a page 511 that wants a sign-in to the network', () =>
    simplePage(511, 'Network Authentication Required', 'Sign in to the network to go on.'),
  ),
  'proxy-502-html': inPlace("nginx's page 502", () => nginxDelivery(502)),
  'html-200': inPlace("a captive portal's page under HTTP 200", () =>
    simplePage(200, 'Welcome to the guest network', 'Accept the terms to go on.'),
  ),
  'carried-out-then-404': over("nginx's page 404", () => nginxDelivery(404)),
  'carried-out-then-502': over("nginx's page 502", () => nginxDelivery(502)),
  'cancelled-then-get-404-page': afterCancel("a get says 404 by nginx's page", async () =>
    nginxDelivery(404),
  ),
  'cancelled-then-get-404-envelope': afterCancel('a get says 404 by the envelope', async () => {
    const { httpStatus, json } = rejection(1404, 'QR code not found', 404);
    return jsonDelivery(httpStatus, json);
  }),
  'cancelled-then-says-active': afterCancel('a get says ACTIVE', async (call, next) =>
    sayActive(await next(call)),
  ),
} as const satisfies Record<string, Dialect>;

function inPlace(answer: string, deliver: (call: Call) => RawResponse): Dialect {
  return {
    description: `Each QR call is answered with ${answer}; nothing is carried out`,
    on: QR_CALLS,
    start: () => deliver,
  };
}

function over(answer: string, deliver: () => RawResponse): Dialect {
  return {
    description: `A cancel is carried out and answered with ${answer}`,
    on: ['cancel'],
    start: (_, { qrCodes }) => cancelUnder(qrCodes, deliver),
  };
}

function afterCancel(what: string, get: (call: Call, next: Next) => Promise<RawResponse>): Dialect {
  return {
    description: `A cancel is carried out and answered with nginx's page 502 (or see cancelAnswer); from then on ${what}`,
    on: ['cancel', 'get'],
    takes: ['cancelAnswer'],
    start: ({ cancelAnswer = 'page' }, { qrCodes }) => {
      const cancel = cancelUnder(qrCodes, CANCEL_ANSWERS[cancelAnswer]);
      return (call, next) => {
        if (call.operation === 'cancel') return cancel(call, next);
        const cancelled = qrCodes.countCancels(call.environment, call.qrCodeId ?? '') > 0;
        return cancelled ? get(call, next) : next(call);
      };
    },
  };
}

const CANCEL_ANSWERS: Record<
  NonNullable<DialectOptions['cancelAnswer']>,
  (answer: RawResponse) => RawResponse
> = {
  page: () => nginxDelivery(502),
  'says-active': sayActive,
  lost: () => ({ mode: 'drop' }),
};

/** Replaces the gateway's response if the QR code is cancelled. The refusal of a token stays unchanged. */
function cancelUnder(qrCodes: World['qrCodes'], deliver: (answer: RawResponse) => RawResponse) {
  return async (call: Call, next: Next): Promise<RawResponse> => {
    const answer = await next(call);
    const cancelled = qrCodes.countCancels(call.environment, call.qrCodeId ?? '') > 0;
    return cancelled ? deliver(answer) : answer;
  };
}

function sayActive(delivery: RawResponse): RawResponse {
  const json = jsonOf(delivery);
  if (json === undefined) return delivery;
  return withJson(
    delivery,
    editRecords(json, (record) => ({ ...record, status: 'ACTIVE' })),
  );
}
