import { MAX_DESCRIPTION, MAX_NAME, MAX_PARAM, MAX_PARAMS, type NewQrCode } from '../enkash/create.ts';
import type { QrCode } from '../enkash/qr-code.ts';

/** Text fields that are sent unchanged, except for surrounding spaces. */
const PLAIN_TEXTS = [
  'qrName',
  'description',
  'customerName',
  'customerEmail',
  'customerMobile',
  'customerId',
] as const;
const LIMITS: Readonly<Record<(typeof PLAIN_TEXTS)[number], number>> = {
  qrName: MAX_NAME,
  description: MAX_DESCRIPTION,
  customerName: MAX_NAME,
  customerEmail: MAX_NAME,
  customerMobile: MAX_NAME,
  customerId: MAX_NAME,
};

export interface ParamField {
  name: string;
  value: string;
}

/** The values of the form's fields. */
export interface ReplacementForm extends Record<(typeof PLAIN_TEXTS)[number], string> {
  use: '' | 'single' | 'multiple';
  amountKind: '' | 'fixed' | 'any';
  amount: string;
  expiry: string;
  params: readonly ParamField[];
}

export type FormField = keyof ReplacementForm;

/** Why a field can't be sent. `index` is the position of a custom param. */
export type FormProblem = { field: FormField; index?: number } & (
  | { code: 'required' | 'twice' | 'reserved' | 'not-an-amount' | 'zero' | 'not-a-time' | 'passed' }
  | { code: 'too-long' | 'too-many' | 'too-large' | 'too-precise'; limit: number }
  | { code: 'bad-character'; character: string }
);

export type ParsedForm = { ok: true; requested: NewQrCode } | { ok: false; problems: FormProblem[] };

/** Larger amounts are probably typing errors. Every amount up to this is an exact number of paise. */
const MAX_AMOUNT = 9_999_999_999;
const PAISE_DIGITS = 2;
const AMOUNT = /^\d+(?:\.(\d+))?$/;
const TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Characters that are invisible or change the text direction. Joiners are allowed, as Indian scripts need them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
/** Names that a read ignores, because every JavaScript object has them. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

/** The form, filled from the code that is to be replaced. What that code did not say stays empty. */
export function formFromQrCode(code: QrCode): ReplacementForm {
  const text = (value: string | number | undefined) => (value === undefined ? '' : String(value));
  const { multipleUse, fixedAmount, amount } = code;
  return {
    qrName: text(code.qrName),
    description: text(code.description),
    customerName: text(code.customerName),
    customerEmail: text(code.customerEmail),
    customerMobile: text(code.customerMobile),
    customerId: text(code.customerId),
    use: multipleUse === undefined ? '' : multipleUse ? 'multiple' : 'single',
    amountKind: fixedAmount === false ? 'any' : fixedAmount || amount !== undefined ? 'fixed' : '',
    amount: fixedAmount === false ? '' : text(amount),
    expiry: text(code.expiry),
    params: Object.entries(code.customParams ?? {}).map(([name, value]) => ({ name, value })),
  };
}

/**
 * Converts the form to a create request, or returns all its problems. `now` is epoch milliseconds. `given` is the expiry
 * as the gateway wrote it, which is valid in any format if it is unchanged.
 */
export function parseForm(form: ReplacementForm, now: number, given: string): ParsedForm {
  const problems: FormProblem[] = [];
  const texts = PLAIN_TEXTS.map((field): [string, string] => {
    const text = form[field].trim();
    const problem = textProblem(text, LIMITS[field], field === 'description');
    if (problem) problems.push({ field, ...problem });
    return [field, text];
  });
  if (form.qrName.trim() === '') problems.push({ field: 'qrName', code: 'required' });
  if (form.use === '') problems.push({ field: 'use', code: 'required' });
  if (form.amountKind === '') problems.push({ field: 'amountKind', code: 'required' });
  const amount = form.amount.trim();
  const amountProblem = form.amountKind === 'fixed' ? problemOfAmount(amount) : undefined;
  if (amountProblem) problems.push({ field: 'amount', ...amountProblem });
  const expiry = readExpiry(form.expiry.trim(), now, given.trim());
  if (typeof expiry === 'object') problems.push({ field: 'expiry', ...expiry });
  const params = form.params
    .map(({ name, value }) => [name.trim(), value.trim()] as [string, string])
    .map((param, index) => ({ param, index }))
    .filter(({ param: [name, value] }) => name !== '' || value !== '');
  if (params.length > MAX_PARAMS) problems.push({ field: 'params', code: 'too-many', limit: MAX_PARAMS });
  const names = new Set<string>();
  for (const { param, index } of params) {
    const problem = problemOfParam(param, names);
    if (problem) problems.push({ field: 'params', index, ...problem });
    names.add(param[0]);
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    requested: {
      ...(Object.fromEntries(texts.filter(([, text]) => text !== '')) as Pick<NewQrCode, 'qrName'>),
      multipleUse: form.use === 'multiple',
      ...(form.amountKind === 'fixed' ? { amount: Number(amount) } : {}),
      ...(typeof expiry === 'string' ? { expiry } : {}),
      customParams: params.map(({ param }) => param),
    },
  };
}

function textProblem(text: string, limit: number, linesAllowed = false) {
  if (text.length > limit) return { code: 'too-long', limit } as const;
  const character = UNPRINTABLE.exec(linesAllowed ? text.replaceAll(/\r?\n/g, '') : text)?.[0];
  return character === undefined ? undefined : ({ code: 'bad-character', character } as const);
}

function problemOfAmount(amount: string) {
  if (amount === '') return { code: 'required' } as const;
  const match = AMOUNT.exec(amount);
  if (!match) return { code: 'not-an-amount' } as const;
  if ((match[1]?.length ?? 0) > PAISE_DIGITS) return { code: 'too-precise', limit: PAISE_DIGITS } as const;
  if (Number(amount) > MAX_AMOUNT) return { code: 'too-large', limit: MAX_AMOUNT } as const;
  return Number(amount) === 0 ? ({ code: 'zero' } as const) : undefined;
}

/** The expiry to send, `undefined` if the field is empty, or the problem. */
function readExpiry(text: string, now: number, given: string) {
  if (text === '') return undefined;
  const [, day = '', time = '23:59', rest, zone = ''] = TIME.exec(text) ?? [];
  if (!isDay(day)) {
    if (text === given && text.length <= MAX_PARAM && !UNPRINTABLE.test(text)) return text;
    return { code: 'not-a-time' } as const;
  }
  // Without a zone, the computer's zone applies. That is enough to detect a time in the past.
  const at = Date.parse(`${day}T${time}${rest ?? ':59'}${zone}`);
  if (Number.isNaN(at)) return { code: 'not-a-time' } as const;
  if (at <= now) return { code: 'passed' } as const;
  return text.includes('T') && rest === undefined ? `${day}T${time}:00${zone}` : text;
}

function isDay(day: string): boolean {
  return !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day) && day !== '';
}

function problemOfParam([name, value]: [string, string], before: ReadonlySet<string>) {
  if (name === '') return { code: 'required' } as const;
  if (before.has(name)) return { code: 'twice' } as const;
  if (RESERVED.includes(name)) return { code: 'reserved' } as const;
  return textProblem(name, MAX_PARAM) ?? textProblem(value, MAX_PARAM);
}
