type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isFlag: Test = (value) => typeof value === 'boolean';

/** What may be asked for: the fields of a QR code that its merchant chooses. */
const FIELDS: Readonly<Record<string, Test>> = {
  qrName: isText,
  multipleUse: isFlag,
  fixedAmount: isFlag,
  amount: (value) => typeof value === 'number',
  description: isText,
  expiry: isText,
  customerName: isText,
  customerEmail: isText,
  customerMobile: isText,
  customerId: isText,
  customParams: (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((each) => isText(each)),
};

/** The first field of a create call's body that there is none of, or that is of another type; undefined if none. */
export function findUnknownField(body: Record<string, unknown>): string | undefined {
  return Object.keys(body).find((name) => !(Object.hasOwn(FIELDS, name) && FIELDS[name]?.(body[name])));
}
