import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of the built extension in which these texts replace one language's. The caller must `remove` it. */
export function buildWithTexts(
  language: string,
  texts: Readonly<Record<string, { message: string }>>,
): { extensionDir: string; remove: () => void } {
  const extensionDir = mkdtempSync(join(tmpdir(), 'qr-cancel-build-'));
  cpSync('.output/chrome-mv3', extensionDir, { recursive: true });
  writeFileSync(join(extensionDir, '_locales', language, 'messages.json'), JSON.stringify(texts));
  return { extensionDir, remove: () => rmSync(extensionDir, { recursive: true, force: true }) };
}
