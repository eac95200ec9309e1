/** Hands a text, or the parts of a long one, to the browser as a file to save. */
export function downloadText(fileName: string, type: string, text: string | readonly string[]): void {
  const address = URL.createObjectURL(new Blob([text].flat(), { type }));
  downloadFrom(fileName, address);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Hands what an address of our own (`blob:` or `data:`) stands for to the browser as a file to save. */
export function downloadFrom(fileName: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}
