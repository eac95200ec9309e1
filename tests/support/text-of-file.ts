/** The text of a file, given as a whole or in parts of whole characters. It keeps its byte order mark. */
export function textOfFile(content: string | readonly (BlobPart | Uint8Array)[]): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return [content]
    .flat()
    .map((part) => (part instanceof Uint8Array ? decoder.decode(part) : String(part)))
    .join('');
}
