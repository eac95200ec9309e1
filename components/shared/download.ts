/** Saves a text, or the parts of a long file, as a download. */
export function downloadFile(fileName: string, type: string, content: string | readonly BlobPart[]): void {
  const address = URL.createObjectURL(new Blob([content].flat(), { type }));
  downloadFrom(fileName, address);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Saves the content of a `blob:` or `data:` URL as a download. */
export function downloadFrom(fileName: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}
