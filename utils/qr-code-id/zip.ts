/** An entry of the archive's directory. */
interface ZipEntry {
  name: string;
  encrypted: boolean;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  headerOffset: number;
}

/** The reason why an archive, or a file in it, could not be read. */
export type ZipProblem = 'damaged' | 'password' | 'too-large';

export class ZipError extends Error {
  readonly problem: ZipProblem;
  constructor(problem: ZipProblem) {
    super(`zip: ${problem}`);
    this.problem = problem;
  }
}

export interface Zip {
  names: readonly string[];
  /**
   * The content of a file in parts; nothing if there is no such file. Throws {@link ZipError} if the file is encrypted,
   * differs from its checksum, or if the unpacked content of the archive exceeds the limit.
   */
  read(name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> | undefined;
}

/** The limit of unpacked content. An archive of 20 MB may unpack to 20 GB. A sheet of 100,000 rows has about 100 MB. */
export const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Opens a ZIP archive by its directory (PKWARE APPNOTE 6.3). Throws {@link ZipError} `damaged` if it has none, like a
 * truncated download. ZIP64 is refused too, because only archives over 4 GB need it.
 */
export function openZip(bytes: Uint8Array<ArrayBuffer>, limit = MAX_UNPACKED_BYTES): Zip {
  const entries = new Map(readDirectory(bytes).map((entry) => [entry.name, entry]));
  let unpacked = 0;
  async function* read(entry: ZipEntry): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (entry.encrypted) throw new ZipError('password');
    if (unpacked + entry.size > limit) throw new ZipError('too-large');
    let size = 0;
    let crc = 0;
    for await (const part of unpack(bytes, entry)) {
      size += part.byteLength;
      // The directory may state a smaller size than the data has.
      if (size > entry.size) throw new ZipError('damaged');
      crc = crc32(part, crc);
      yield part;
    }
    unpacked += size;
    if (size !== entry.size || crc !== entry.crc) throw new ZipError('damaged');
  }
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      return entry && read(entry);
    },
  };
}

function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let remaining = view.getUint16(end + 10, true); remaining > 0; remaining -= 1) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw new ZipError('damaged');
    const nameLength = view.getUint16(at + 28, true);
    const nameAt = at + ENTRY_SIZE;
    entries.push({
      // Some programs separate folders with backslashes.
      name: new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameLength)).replaceAll('\\', '/'),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      headerOffset: view.getUint32(at + 42, true),
    });
    at = nameAt + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at -= 1)
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  throw new ZipError('damaged');
}

async function* unpack(bytes: Uint8Array<ArrayBuffer>, entry: ZipEntry) {
  const { headerOffset: at, packedSize, method } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + LOCAL_SIZE > bytes.byteLength || view.getUint32(at, true) !== LOCAL_SIGNATURE)
    throw new ZipError('damaged');
  const from = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const packed = bytes.subarray(from, from + packedSize);
  if (packed.byteLength !== packedSize) throw new ZipError('damaged');
  if (method === STORED) yield packed;
  else if (method === DEFLATED) yield* inflate(packed);
  else throw new ZipError('damaged');
}

async function* inflate(packed: Uint8Array<ArrayBuffer>) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new ZipError('damaged');
      });
      if (done) return;
      yield value;
    }
  } finally {
    // If a caller stops early, the rest is not unpacked.
    await reader.cancel().catch(() => undefined);
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The ZIP checksum of a part, continued from that of the previous parts. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ Number(CRC_TABLE[(crc ^ byte) & 0xff]);
  return ~crc >>> 0;
}
