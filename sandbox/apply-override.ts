import { STATUS_CODES } from 'node:http';
import { withoutResponseCode, withQrFields, withTextResponseCode } from './apply-transform.ts';
import type { Call, Outcome } from './call.ts';
import { tokenInvalid } from './envelope.ts';
import type { ResponseOverride } from './fault.ts';
import { jsonDelivery, type RawResponse, wholeDelivery } from './raw-response.ts';

const WEB_PAGE =
  '<!doctype html><html><head><title>Maintenance</title></head><body><h1>We will be right back</h1></body></html>';
const CONTENT_TYPES = {
  json: 'application/json',
  html: 'text/html;charset=UTF-8',
  text: 'text/plain;charset=UTF-8',
};

/** Builds the response from an override and the gateway's own outcome. */
export function applyOverride(decision: ResponseOverride, call: Call, outcome: Outcome): RawResponse {
  const json = (value: unknown, httpStatus = outcome.httpStatus) => jsonDelivery(httpStatus, value);
  switch (decision.kind) {
    case 'status':
      return statusDelivery(decision, call);
    case 'reject':
      return json(rejectionFor(call, decision.code, decision.message, decision.payload ?? null), 200);
    case 'html':
      return wholeDelivery(200, { 'content-type': CONTENT_TYPES.html }, WEB_PAGE);
    case 'empty':
      return wholeDelivery(200, {}, '');
    case 'no-content':
      return wholeDelivery(204, {}, '');
    case 'cut-json': {
      const complete = json(outcome.json);
      if (decision.breakOff === true) return { ...complete, mode: 'broken-off' };
      return { ...complete, body: complete.body.slice(0, Math.floor(complete.body.length / 2)) };
    }
    case 'wrong-shape':
      return json(shapes(outcome.json)[decision.shape], 200);
    case 'response-code-missing':
      return json(withoutResponseCode(outcome.json));
    case 'response-code-string':
      return json(withTextResponseCode(outcome.json));
    case 'says-active':
      return json(withQrFields(outcome.json, { status: 'ACTIVE' }));
    case 'another-status':
      return json(withQrFields(outcome.json, { status: decision.status }));
    case 'another-id':
      return json(withQrFields(outcome.json, { qrCodeId: decision.qrCodeId ?? 'QR25ANOTHER000' }));
    case 'redirect':
      return wholeDelivery(decision.httpStatus, { location: decision.location }, '');
    case 'huge':
      return { mode: 'huge', bytes: decision.bytes, announced: decision.unannounced !== true };
    case 'token-stale':
    case 'bare-token-only':
      return json(tokenInvalid().json, 200);
    case 'rate-limit':
      return statusDelivery(
        {
          kind: 'status',
          httpStatus: 429,
          ...(decision.retryAfter !== undefined && { headers: { 'retry-after': decision.retryAfter } }),
        },
        call,
      );
    case 'drop':
    case 'silence':
      return { mode: decision.kind };
  }
}

function statusDelivery(decision: ResponseOverride & { kind: 'status' }, call: Call): RawResponse {
  const { httpStatus, body = 'json', content, headers = {} } = decision;
  if (body === 'empty') return wholeDelivery(httpStatus, headers, '');
  const message = STATUS_CODES[httpStatus] ?? 'Unknown';
  const fitting = {
    json: rejectionFor(call, httpStatus, message, null),
    html: WEB_PAGE,
    text: message,
  }[body];
  const value = content ?? fitting;
  return wholeDelivery(
    httpStatus,
    { 'content-type': CONTENT_TYPES[body], ...headers },
    body === 'json' ? JSON.stringify(value) : String(value),
  );
}

/** The token call uses different field names for code and message. */
function rejectionFor(call: Call, code: number, message: string, payload: unknown): unknown {
  return call.operation === 'token'
    ? { resultCode: code, resultMessage: message }
    : { response_code: code, response_message: message, payload };
}

function shapes(envelope: unknown): Record<(ResponseOverride & { kind: 'wrong-shape' })['shape'], unknown> {
  return {
    array: [envelope],
    string: 'SUCCESS',
    number: 0,
    null: null,
    nested: { data: { result: envelope } },
  };
}
