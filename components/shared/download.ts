/** Hands a text, or the parts of a long file, to the browser as a file to save. */
export function downloadFile(fileName: string, type: string, content: string | readonly BlobPart[]): void {
  const address = URL.createObjectURL(new Blob([content].flat(), { type }));
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
