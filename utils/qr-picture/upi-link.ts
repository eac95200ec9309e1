import { fieldCollector, type Payment, type PaymentField, readAmount, stated } from './payment-fields.ts';

/** The content of a `upi:` link. */
export interface UpiContent extends Payment {
  kind: 'upi';
  /** `pay`, or another action such as `mandate`, in small letters. */
  action: string;
}

/** The parts of a link: `upi://pay?…`. Some programs write `upi:pay?…` or `upi://pay/?…`. */
export interface LinkParts {
  scheme: string;
  /** The part before `?`, in its own case. */
  path: string;
  /** Names and values in their order, decoded. */
  parameters: readonly (readonly [name: string, value: string])[];
}

const LINK = /^([a-z][a-z0-9+.-]*):(?:\/\/)?([^?#]*)(?:\?([^#]*))?/i;
/**
 * The parameters of NPCI's UPI Linking Specifications 1.6, section 1.2. Their names are small letters there, but links
 * with capitals exist.
 */
const PARAMETERS: Readonly<Record<string, PaymentField>> = {
  pa: 'upiId',
  pn: 'payee',
  am: 'amount',
  cu: 'currency',
  tr: 'reference',
  tn: 'note',
  mc: 'merchantCode',
};
const MAX_ACTION_LENGTH = 40;

/**
 * The parts of a link; `undefined` if a text is none. Decodes percent escapes, and `+` as a space as payment apps do. A
 * broken escape is no error. Reads `&amp;` as `&`, because links are copied out of the source of web pages.
 */
export function linkParts(text: string): LinkParts | undefined {
  const [, scheme, path, query] = LINK.exec(text) ?? [];
  if (scheme === undefined || path === undefined) return undefined;
  const parameters = [...new URLSearchParams(query?.replace(/&amp;/gi, '&') ?? '')];
  return { scheme: scheme.toLowerCase(), path, parameters };
}

/** Reads a `upi:` link of any action; `undefined` for any other text. */
export function readUpiLink(text: string): UpiContent | undefined {
  const link = linkParts(text);
  if (link?.scheme !== 'upi') return undefined;
  const collector = fieldCollector();
  for (const [name, value] of link.parameters) {
    const key = name.trim().toLowerCase();
    const field = Object.hasOwn(PARAMETERS, key) ? PARAMETERS[key] : undefined;
    if (field) collector.add(field, value);
  }
  const { fields, repeated } = collector.finish();
  const { amount, currency, ...rest } = fields;
  const action = (link.path.split('/').find(Boolean) ?? '').toLowerCase().slice(0, MAX_ACTION_LENGTH);
  return {
    kind: 'upi',
    action,
    ...rest,
    ...stated('amount', readAmount(amount)),
    ...stated('currency', currency?.toUpperCase()),
    repeated,
  };
}
