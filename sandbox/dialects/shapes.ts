import { type Fields, isFields } from '../apply-transform.ts';
import { ENVIRONMENTS } from '../environment.ts';
import { type Dialect, type Layer, QR_CALLS, type World } from './dialect.ts';
import { exactNumber, rewriteEnvelope, rewriteRecords, textOf } from './json-body.ts';

/** Ids of digits that a double holds exactly, for `id-number`. */
export const DIGIT_IDS = ['4021', '70551234', '900000000000017'] as const;

/** Ids of digits that a double rounds to the same number, for `id-long-number`. */
export const LONG_DIGIT_IDS = ['9007199254740992', '9007199254740993'] as const;

const ONE_RECORD = ['get', 'cancel'] as const;

/** Other forms of the envelope and the record. */
export const SHAPES = {
  'code-text': envelope('response_code is text, such as "0"', ({ response_code, ...rest }) => ({
    response_code: String(response_code),
    ...rest,
  })),
  'code-missing': envelope('There is no response_code', ({ response_code: _, ...rest }) => rest),
  'code-camel': envelope(
    'responseCode and responseMessage stand for response_code and response_message',
    ({ response_code, response_message, ...rest }) => ({
      responseCode: response_code,
      responseMessage: response_message,
      ...rest,
    }),
  ),
  'code-200': envelope('response_code 200 is success', ({ response_code, ...rest }) => ({
    response_code: Number(response_code) === 0 ? 200 : response_code,
    ...rest,
  })),
  'status-lower': record('status is active or cancelled', (code) =>
    withStatus(code, (status) => status.toLowerCase()),
  ),
  'status-title': record('status is Active or Cancelled', (code) =>
    withStatus(code, (status) => `${status.slice(0, 1)}${status.slice(1).toLowerCase()}`),
  ),
  'status-canceled': record('status is CANCELED', (code) =>
    withStatus(code, (status) => (status === 'CANCELLED' ? 'CANCELED' : status)),
  ),
  'unknown-status': record('status is SUSPENDED', (code) => ({ ...code, status: 'SUSPENDED' })),
  'cancel-says-active': {
    description: 'A cancel is carried out and answered with code 0 and ACTIVE; a get says CANCELLED',
    on: ['cancel'],
    start: () => rewriteRecords((code) => ({ ...code, status: 'ACTIVE' })),
  },
  'id-number': numericIds('ids of at most 15 digits are JSON numbers', DIGIT_IDS, /^[1-9]\d{0,14}$/),
  'id-long-number': numericIds(
    'ids of 16 to 19 digits are JSON numbers, beyond what a double holds',
    LONG_DIGIT_IDS,
    /^[1-9]\d{15,18}$/,
  ),
  'id-other-case': record('ids are in lower case', (code) => ({
    ...code,
    qrCodeId: textOf(code.qrCodeId).toLowerCase(),
  })),
  'id-spaces': record('ids stand between spaces', (code) => ({
    ...code,
    qrCodeId: ` ${textOf(code.qrCodeId)}  `,
  })),
  'long-numbers': record('amount and referenceNumber are JSON numbers of 19 and 16 digits', (code) => ({
    ...code,
    amount: exactNumber('1234567890123456789'),
    referenceNumber: exactNumber('9876543210987653'),
  })),
  'amount-three-decimals': record('amount is 99.996', (code) => ({ ...code, amount: 99.996 })),
  'record-under-qrCode': oneRecord('in payload.qrCode', ({ payload, ...rest }) => ({
    ...rest,
    payload: { qrCode: payload },
  })),
  'record-in-array': oneRecord('in an array of one', ({ payload, ...rest }) => ({
    ...rest,
    payload: [payload],
  })),
  'record-bare': oneRecord('in place of the envelope', ({ payload }) => payload),
  'array-of-two': {
    description: "The record of a get or cancel stands in an array after a cancelled code's record",
    on: ONE_RECORD,
    start: (_, { qrCodes }) =>
      rewriteEnvelope((json, call) => {
        if (!hasRecord(json)) return json;
        const other = qrCodes
          .all(call.environment)
          .find(({ qrCodeId, status }) => status === 'CANCELLED' && qrCodeId !== call.qrCodeId);
        return { ...json, payload: [other, json.payload] };
      }),
  },
  'error-in-payload': envelope("A refusal's message stands in payload as text", (json) => {
    const { response_message: message, payload } = json;
    if (Number(json.response_code) === 0 || (typeof payload === 'object' && payload !== null)) return json;
    return { ...json, response_message: 'FAILED', payload: payload ?? message };
  }),
} as const satisfies Record<string, Dialect>;

function dialect(description: string, layer: Layer): Dialect {
  return { description, on: QR_CALLS, start: () => layer };
}

function envelope(description: string, edit: (json: Fields) => unknown): Dialect {
  return dialect(
    description,
    rewriteEnvelope((json) => edit(json)),
  );
}

function record(description: string, edit: (code: Fields) => Fields): Dialect {
  return dialect(
    `In each record, ${description}`,
    rewriteRecords((code) => edit(code)),
  );
}

function oneRecord(place: string, edit: (json: Fields) => unknown): Dialect {
  return {
    description: `The record of a get or cancel stands ${place}`,
    on: ONE_RECORD,
    start: () => rewriteEnvelope((json) => (hasRecord(json) ? edit(json) : json)),
  };
}

function numericIds(description: string, offered: readonly string[], form: RegExp): Dialect {
  return {
    description: `In each record, ${description}; adds such codes: ${offered.join(', ')}`,
    on: QR_CALLS,
    start: (_, { qrCodes }) => {
      addCodes(qrCodes, offered);
      return rewriteRecords((code) => {
        const id = textOf(code.qrCodeId);
        return form.test(id) ? { ...code, qrCodeId: exactNumber(id) } : code;
      });
    },
  };
}

function addCodes(qrCodes: World['qrCodes'], ids: readonly string[]): void {
  for (const environment of ENVIRONMENTS) {
    for (const qrCodeId of ids) qrCodes.put(environment, { qrCodeId, qrName: `Counter ${qrCodeId}` });
  }
}

function withStatus(code: Fields, edit: (status: string) => string): Fields {
  return typeof code.status === 'string' ? { ...code, status: edit(code.status) } : code;
}

function hasRecord({ payload }: Fields): boolean {
  return isFields(payload) && Object.hasOwn(payload, 'qrCodeId');
}
