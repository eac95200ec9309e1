import { SaxesParser } from 'saxes';
import { type Zip, ZipError } from './zip.ts';

/** The events of an XML file. Names of elements and attributes have their prefixes. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Reads an XML file of an archive in parts, so that a large file is never in memory as a whole. Returns false if there is
 * no such file. Throws {@link ZipError} `damaged` if it is not well-formed. Awaits `pause` between parts.
 */
export async function readXml(
  zip: Zip,
  name: string,
  pause: () => Promise<void>,
  handler: XmlHandler,
): Promise<boolean> {
  const parts = zip.read(name);
  if (!parts) return false;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', () => {
    throw new ZipError('damaged');
  });
  parser.on('opentag', ({ name, attributes }) => handler.open(name, attributes));
  parser.on('closetag', ({ name }) => handler.close(name));
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const part of parts) {
    parser.write(decode(decoder, part));
    await pause();
  }
  parser.write(decode(decoder));
  parser.close();
  return true;
}

function decode(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch {
    throw new ZipError('damaged');
  }
}
