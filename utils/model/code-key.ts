/** The key of one code of one account. */
export function codeKey(accountId: string, qrCodeId: string): string {
  return `${accountId}/${qrCodeId}`;
}
