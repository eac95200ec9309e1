type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isFlag: Test = (value) => typeof value === 'boolean';

/** The fields of a create request, with their types. */
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

/** The first field of a create request that is unknown or has a wrong type; undefined if there is none. */
export function findUnknownField(body: Record<string, unknown>): string | undefined {
  return Object.keys(body).find((name) => !(Object.hasOwn(FIELDS, name) && FIELDS[name]?.(body[name])));
}
