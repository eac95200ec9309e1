import type { Fields } from '../apply-transform.ts';
import type { Call } from '../call.ts';
import { jsonDelivery } from '../raw-response.ts';
import { type Dialect, type Layer, QR_CALLS } from './dialect.ts';
import { editRecords, jsonOf, rewriteRecords, withJson } from './json-body.ts';
import { pageDelivery } from './pages.ts';
import { FORMS, halves, secretsOf } from './secret-forms.ts';

/** Responses that contain the caller's own secrets. */
export const ECHO = {
  'echo-secrets': {
    description:
      'Each QR answer and refusal carries the keys and the token back in most fields, in every form of writing and in halves',
    on: QR_CALLS,
    start: () => echoing,
  },
  'echo-secrets-status': {
    description: "Each record's status is the token",
    on: QR_CALLS,
    start: () => rewriteRecords((record, call) => ({ ...record, status: secretsOf(call).token })),
  },
  'echo-secrets-id': {
    description: "Each record's qrCodeId is the secret key",
    on: QR_CALLS,
    start: () => rewriteRecords((record, call) => ({ ...record, qrCodeId: secretsOf(call).secretKey })),
  },
  'echo-secrets-html': {
    description:
      'Each QR call is refused by a page 403 that prints the request and its secrets in every form',
    on: QR_CALLS,
    start: () => (call) => pageDelivery(403, refusalPage(call)),
  },
  'echo-secrets-token': {
    description: 'The token call fails with HTTP 400 and carries the keys back in every form',
    on: ['token'],
    start: () => (call) =>
      jsonDelivery(400, withEcho({ resultCode: 400, resultMessage: 'Invalid request' }, call)),
  },
} as const satisfies Record<string, Dialect>;

const echoing: Layer = async (call, next) => {
  const delivery = await next(call);
  const json = jsonOf(delivery);
  if (json === undefined) return delivery;
  const echoed = editRecords(json, (record) => ({ ...record, ...recordEcho(record, call) })) as Fields;
  return withJson(delivery, withEcho(echoed, call));
};

/** The envelope with the secrets in its message, in unknown fields and, if refused, in the status and a text payload. */
function withEcho(json: Fields, call: Call): Fields {
  const message = `${request(call)} ${everyForm(call).join(' ')}`;
  const words = ['response_message', 'resultMessage', 'message'].filter((name) => Object.hasOwn(json, name));
  const { accessKey, token } = secretsOf(call);
  const [first, second] = halvesOf(call);
  return {
    ...json,
    ...Object.fromEntries(words.map((name) => [name, `${json[name]}: ${message}`])),
    ...(isRefusal(json) && { status: secrets(call).join(' ') }),
    ...(typeof json.payload === 'string' && { payload: `${json.payload} ${message}` }),
    request: { method: call.method, path: call.path, headers: call.headers, body: call.body },
    forms: everyForm(call),
    [token || accessKey]: secrets(call),
    firstHalves: first,
    secondHalves: second,
  };
}

function isRefusal({ response_code, resultCode }: Fields): boolean {
  return Number(response_code ?? resultCode) !== 0;
}

/** A single form for each field, so that a truncated field still contains whole secrets. */
function recordEcho(record: Fields, call: Call): Fields {
  const { accessKey, secretKey, token } = secretsOf(call);
  const [first, second] = halvesOf(call);
  const inForm = (form: (text: string) => string) => secrets(call).map(form).join(' ');
  return {
    qrName: `${record.qrName} ${inForm(FORMS.raw)}`,
    description: `${inForm(FORMS.json)} ${request(call)}`,
    customerName: inForm(FORMS.url),
    customerEmail: `${inForm(FORMS.base64)} ${FORMS.base64(`${accessKey}:${secretKey}`)}`,
    customerMobile: inForm(FORMS.html),
    customerId: first.join(' '),
    referenceNumber: second.join(' '),
    customParams: {
      ...(record.customParams as Fields | undefined),
      [accessKey]: secretKey,
      [FORMS.base64(secretKey)]: FORMS.urlThroughout(secretKey),
      [FORMS.url(token)]: FORMS.htmlThroughout(token),
      throughout: inForm(FORMS.jsonThroughout),
      ...Object.fromEntries(first.map((half, at) => [half, second[at]])),
    },
    echo: everyForm(call),
  };
}

function secrets(call: Call): string[] {
  return Object.values(secretsOf(call)).filter((secret) => secret !== '');
}

function halvesOf(call: Call): [string[], string[]] {
  const cut = secrets(call).map(halves);
  return [cut.map(([first]) => first), cut.map(([, second]) => second)];
}

function everyForm(call: Call): string[] {
  const { accessKey, secretKey } = secretsOf(call);
  const each = secrets(call).flatMap((secret) => Object.values(FORMS).map((form) => form(secret)));
  return [...new Set([...each, FORMS.base64(`${accessKey}:${secretKey}`)])];
}

function request(call: Call): string {
  return `${call.method} ${call.path} ${JSON.stringify(call.headers)} ${call.body}`;
}

function refusalPage(call: Call): string {
  const rows = everyForm(call).map((form) => `<li>${form}</li>`);
  const [first, second] = halvesOf(call);
  return `<!doctype html><html><head><title>Request blocked</title></head><body><h1>Request blocked</h1>
<pre>${FORMS.html(request(call))}</pre><pre>${request(call)}</pre><ul>${rows.join('')}</ul>
<p>${first.join(' ')}</p><p>${second.join(' ')}</p></body></html>`;
}
