import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

function manifestOf(build: string): Record<string, unknown> {
  const { version: _, ...manifest } = JSON.parse(readFileSync(`.output/${build}/manifest.json`, 'utf8'));
  return manifest;
}

/** The stores' own limits, in characters. */
const LIMITS = { extensionName: 50, extensionDescription: 132 };

const sizeOfPng = (file: string) => {
  const png = readFileSync(file);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

describe.each(['chrome-mv3', 'firefox-mv3'])('the manifest of %s', (build) => {
  it('matches the reviewed snapshot', async () => {
    await expect(JSON.stringify(manifestOf(build), null, 2)).toMatchFileSnapshot(
      `manifests/${build}.json.snap`,
    );
  });

  it('has its texts in the translated languages only', () => {
    const shipped = readdirSync(`.output/${build}/_locales`).toSorted();
    expect(shipped).toEqual(readdirSync('public/_locales').toSorted());
    expect(shipped).toContain(manifestOf(build).default_locale);
  });

  it('requests the two gateway hosts only, and injects nothing into web pages', () => {
    const manifest = manifestOf(build);
    expect(manifest.host_permissions).toEqual([
      'https://olympus-pg-uat.enkash.in/*',
      'https://olympus-pg.enkash.in/*',
    ]);
    for (const key of ['content_scripts', 'web_accessible_resources', 'optional_host_permissions'])
      expect(manifest).not.toHaveProperty(key);
    expect(manifest.permissions).not.toContain('tabs');
    expect(manifest.manifest_version).toBe(3);
  });

  it('requests only permissions whose reason is in the store texts', () => {
    const { permissions = [], host_permissions = [] } = manifestOf(build) as Record<string, string[]>;
    const reasons = readFileSync('docs/store/permissions.md', 'utf8');
    for (const permission of [...permissions, ...host_permissions])
      expect(reasons).toContain(`\n| \`${permission}\` |`);
  });

  it('has a name and a summary within the stores’ limits in every language', () => {
    for (const locale of readdirSync(`.output/${build}/_locales`)) {
      const messages = JSON.parse(readFileSync(`.output/${build}/_locales/${locale}/messages.json`, 'utf8'));
      for (const [key, limit] of Object.entries(LIMITS)) {
        const { length } = messages[key].message;
        expect(length, `${key} in ${locale}`).toBeGreaterThan(0);
        expect(length, `${key} in ${locale}`).toBeLessThanOrEqual(limit);
      }
    }
  });

  it('has icons of the declared sizes', () => {
    const { icons } = manifestOf(build) as { icons: Record<string, string> };
    expect(Object.keys(icons)).toEqual(expect.arrayContaining(['16', '32', '48', '128']));
    for (const [size, file] of Object.entries(icons))
      expect(sizeOfPng(`.output/${build}/${file}`)).toEqual([Number(size), Number(size)]);
  });
});
