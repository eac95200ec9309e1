import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeZip } from '../../tests/support/make-zip.ts';
import { openZip, type Zip, ZipError, type ZipProblem } from './zip.ts';

const TEXT = 'QR26ABCDEFGHJ1\n'.repeat(1_000);

async function textOf(zip: Zip, name: string): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of zip.read(name) ?? []) parts.push(part);
  return new Blob(parts).text();
}
async function problemOf(work: () => unknown): Promise<ZipProblem | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return error.problem;
  }
}
const patched = (bytes: Uint8Array, change: (view: DataView, bytes: Uint8Array) => void) => {
  const copy = new Uint8Array(bytes);
  change(new DataView(copy.buffer), copy);
  return copy;
};
const directoryAt = (view: DataView) => view.getUint32(view.byteLength - 6, true);

describe('an archive', () => {
  it.each([0, 6] as const)('is read at compression level %s', async (level) => {
    const zip = openZip(makeZip({ 'a.txt': TEXT, 'b/ü.txt': 'two', empty: '' }, level));
    expect(zip.names).toEqual(['a.txt', 'b/ü.txt', 'empty']);
    expect(await textOf(zip, 'a.txt')).toBe(TEXT);
    expect(await textOf(zip, 'b/ü.txt')).toBe('two');
    expect(await textOf(zip, 'empty')).toBe('');
    expect(zip.read('none')).toBeUndefined();
  });

  it('is read with a comment at its end', async () => {
    const bytes = makeZip({ a: TEXT });
    const commented = new Uint8Array([...bytes, ...new TextEncoder().encode('made by hand')]);
    new DataView(commented.buffer).setUint16(bytes.length - 2, 12, true);
    expect(await textOf(openZip(commented), 'a')).toBe(TEXT);
  });

  it('is refused as damaged if it is truncated', async () => {
    const bytes = makeZip({ a: TEXT });
    for (const length of [0, 10, 100, bytes.length - 1])
      expect(await problemOf(() => openZip(bytes.slice(0, length)))).toBe('damaged');
  });

  it('is refused as damaged if one bit of its content has changed', async () => {
    const bytes = makeZip({ a: 'QR26ABCDEFGHJ1' }, 0);
    const at = new TextDecoder('latin1').decode(bytes).indexOf('QR26ABCDEFGHJ1');
    const flipped = patched(bytes, (_, copy) => copy.set([Number(copy[at]) ^ 1], at));
    expect(await problemOf(() => textOf(openZip(flipped), 'a'))).toBe('damaged');
  });

  it('is refused if it needs a password', async () => {
    const locked = patched(makeZip({ a: TEXT }), (view) => view.setUint16(directoryAt(view) + 8, 1, true));
    expect(await problemOf(() => textOf(openZip(locked), 'a'))).toBe('password');
  });

  it('never gives more bytes than the limit, whatever size its directory states', async () => {
    const bomb = makeZip({ a: '0'.repeat(5_000_000) });
    expect(bomb.length).toBeLessThan(10_000);
    expect(await problemOf(() => textOf(openZip(bomb, 1_000_000), 'a'))).toBe('too-large');
    const understated = patched(bomb, (view) => view.setUint32(directoryAt(view) + 24, 500_000, true));
    let received = 0;
    const problem = await problemOf(async () => {
      for await (const part of openZip(understated, 1_000_000).read('a') ?? []) received += part.length;
    });
    expect(problem).toBe('damaged');
    expect(received).toBeLessThanOrEqual(1_000_000);
  });

  it('counts all unpacked files towards the limit', async () => {
    const zip = openZip(makeZip({ a: TEXT, b: TEXT }), TEXT.length + 1);
    expect(await textOf(zip, 'a')).toBe(TEXT);
    expect(await problemOf(() => textOf(zip, 'b'))).toBe('too-large');
  });

  it('throws only its own error if any byte is changed, and never gives another text', async () => {
    const bytes = makeZip({ a: 'QR26ABCDEFGHJ1\nQR26ABCDEFGHJ2' });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = patched(bytes, (_, copy) => copy.set([Number(copy[at]) ^ mask], at));
        let text: string | undefined;
        await problemOf(async () => {
          text = await textOf(openZip(changed), 'a');
        });
        // The name may have changed, so the file may be missing.
        expect([undefined, '', 'QR26ABCDEFGHJ1\nQR26ABCDEFGHJ2']).toContain(text);
      }),
      { numRuns: 300 },
    );
  });
});
