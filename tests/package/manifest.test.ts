import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

function manifestOf(build: string): Record<string, unknown> {
  const { version: _, ...manifest } = JSON.parse(readFileSync(`.output/${build}/manifest.json`, 'utf8'));
  return manifest;
}

describe.each(['chrome-mv3', 'firefox-mv3'])('the manifest of %s', (build) => {
  it('is what was agreed on', async () => {
    await expect(JSON.stringify(manifestOf(build), null, 2)).toMatchFileSnapshot(
      `manifests/${build}.json.snap`,
    );
  });

  it('finds its texts in the languages that were translated, and no other', () => {
    const shipped = readdirSync(`.output/${build}/_locales`).toSorted();
    expect(shipped).toEqual(readdirSync('public/_locales').toSorted());
    expect(shipped).toContain(manifestOf(build).default_locale);
  });

  it('asks for the two gateways and no other host, and puts nothing into web pages', () => {
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
});
