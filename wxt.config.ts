import preact from '@preact/preset-vite';
import { minify } from 'terser';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { COMMANDS, OMNIBOX_KEYWORD } from './utils/browser/commands.ts';
import { GATEWAY_ORIGINS } from './utils/enkash/hosts.ts';

const gateways = Object.values(GATEWAY_ORIGINS);

/** The popup's page, told by its address that it stays open. */
const PANEL = 'popup.html?panel';

/** Nothing loads, runs or is reached but our own files and the two gateways; images are the QR codes' own. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  // Our own files for the texts of a language that is not the browser's.
  `connect-src 'self' ${gateways.join(' ')}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Takes Preact's way to set markup out of the packages: nothing here uses it, and the stores ask about each one. */
const withoutInnerHtml: Plugin = {
  name: 'without-inner-html',
  transform(code, id) {
    if (!/node_modules\/preact\/dist\/preact\.m?js$/.test(id)) return undefined;
    const without = code.replace(/\w+\.innerHTML=\w+\.__html/, 'void 0');
    if (without === code) throw new Error(`${id} sets markup in another way than it did`);
    return { code: without, map: null };
  },
};

const REFUSE = "throw new TypeError('Not in this package');";

/**
 * The branches of jose that the vault can't reach: it seals with `dir` and `PBES2-HS512+A256KW` under `A256GCM`, with keys
 * that are bytes or CryptoKeys, and opens nothing else. What follows such a throw is left out with all that only it used.
 */
const UNREACHED: readonly (readonly [file: string, start: RegExp])[] = [
  ['key_management.js', /case "(?:ECDH|RSA-OAEP|AES-GCM)": \{/g],
  ['key.js', /if \(isObject\(key\)\) \{|(?<=if \(isCryptoKey\(key\)\)\s+)return key;/g],
  ['content_encryption.js', /async function cbc(?:Encrypt|Decrypt)\([^)]*\) \{/g],
  ['deflate.js', /async function (?:de)?compress\([^)]*\) \{/g],
];

/** The rows of jose's table of algorithms that the vault never names. */
const UNNAMED =
  /^ {2}(?:"(?:RSA-OAEP|ECDH-ES|PBES2-HS(?:256|384))[^"]*"|A(?:128|192)(?:KW|GCM)|A\d+GCMKW|"A\d+CBC[^"]*"): .*\n/gm;

/** Leaves algorithms out of the packages that nothing here uses, so that the worker starts sooner. */
const withoutUnusedAlgorithms: Plugin = {
  name: 'without-unused-algorithms',
  transform(code, id) {
    const [, name] = /node_modules\/jose\/dist\/webapi\/lib\/([a-z_]+\.js)$/.exec(id) ?? [];
    const start = UNREACHED.find(([file]) => file === name)?.[1];
    if (!start && name !== 'jwe_algorithms.js') return undefined;
    const without = start
      ? code.replace(start, (branch) => `${branch} ${REFUSE}`)
      : code.replace(UNNAMED, '');
    if (without === code) throw new Error(`${id} has other branches or rows than it had`);
    return { code: without, map: null };
  },
};

/** Code of other libraries that nothing here reaches, and what stands in its place. */
const REPLACED: readonly (readonly [file: RegExp, code: RegExp, instead: string])[] = [
  // Loops over cursors by `for await`: the journal is read by ranges.
  [/idb\/build\/index\.js$/, /replaceTraps\([^;]+\s+get\([^;]+isIteratorProp[\s\S]+?\n\}\)\);/, ''],
  // A hasher's options: the chain hashes whole texts.
  [
    /@noble\/hashes\/sha2\.js$/,
    /export const sha256 = [^;]+;/,
    'export const sha256 = (bytes) => new _SHA256().update(bytes).digest();',
  ],
  // Copies of a hash half-way, and its checks of how it is used: that is the line above.
  [
    /@noble\/hashes\/_md\.js$/,
    /aexists\(this\);|aoutput\(out, this\);|_cloneIntoMeta\(to\) \{[\s\S]+?\n {4}\}|clone\(\) \{[^}]+\}|if \(len % 4[^;]+;/g,
    '',
  ],
  // The words of an error that the compiler rules out: the argument is no Uint8Array.
  [/@noble\/hashes\/utils\.js$/, /\/\/ Error path[\s\S]+?throw new RangeError\(message\);/, REFUSE],
];

/** Leaves out what {@link REPLACED} lists, with all that only it used. */
const withoutUnreachedCode: Plugin = {
  name: 'without-unreached-code',
  transform(code, id) {
    const [, unreached, instead = ''] = REPLACED.find(([file]) => file.test(id)) ?? [];
    if (!unreached) return undefined;
    const without = code.replace(unreached, instead);
    if (without === code) throw new Error(`${id} is written in another way than it was`);
    return { code: without, map: null };
  },
};

/**
 * Replaces the code of the polyfill. All supported browsers have promises for what is used here, so that it does nothing
 * but hand out the browser's own object; without its 3 kB (gzipped) the worker starts sooner.
 */
const nativeBrowser: Plugin = {
  name: 'native-browser',
  enforce: 'pre',
  resolveId: (id) => (id === 'webextension-polyfill' ? '\0native-browser' : undefined),
  load: (id) =>
    id === '\0native-browser'
      ? 'export default globalThis.browser?.runtime?.id ? globalThis.browser : globalThis.chrome;'
      : undefined,
};

/**
 * Minifies the worker's script once more. After Vite's minifier, Terser saves another 0.6 kB (gzipped); for all scripts it
 * would make a build take 20 s.
 */
const minifiedWorker: Plugin = {
  name: 'minified-worker',
  enforce: 'post',
  async generateBundle(_, bundle) {
    const worker = bundle['background.js'];
    if (worker?.type !== 'chunk' || !this.environment.config.build.minify) return;
    const { code } = await minify(worker.code, { ecma: 2020, compress: { passes: 2 } });
    if (!code) throw new Error('Terser gave no code.');
    worker.code = code;
  },
};

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  manifestVersion: 3,
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      // These two read the selected text, in the tab where a key of ours is pressed and only then.
      'activeTab',
      'scripting',
      'alarms',
      'contextMenus',
      'declarativeNetRequestWithHostAccess',
      'idle',
      'notifications',
      ...(browser === 'firefox' ? [] : ['sidePanel' as const]),
      'storage',
      // Without it the browser may evict the journal and the key that seals the vault.
      'unlimitedStorage',
    ],
    host_permissions: gateways.map((origin) => `${origin}/*`),
    commands: COMMANDS,
    omnibox: { keyword: OMNIBOX_KEYWORD },
    content_security_policy: { extension_pages: CONTENT_SECURITY_POLICY },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'qr-cancel@enkash.example',
              strict_min_version: '142.0',
              // What an operator enters is sent to EnKash, at the operator's command, and nowhere else.
              data_collection_permissions: { required: ['authenticationInfo', 'financialAndPaymentInfo'] },
            },
          },
          sidebar_action: {
            default_panel: PANEL,
            default_title: '__MSG_extensionName__',
            default_icon: { '16': 'icon/16.png', '32': 'icon/32.png' },
            open_at_install: false,
          },
        }
      : {
          side_panel: { default_path: PANEL },
          minimum_chrome_version: '127',
          externally_connectable: { ids: [] },
          storage: { managed_schema: 'managed-schema.json' },
        }),
  }),
  zip: {
    // Pictures are no sources.
    excludeSources: ['docs/**/*.png'],
  },
  vite: () => ({
    plugins: [
      preact(),
      withoutInnerHtml,
      withoutUnusedAlgorithms,
      withoutUnreachedCode,
      nativeBrowser,
      minifiedWorker,
    ],
    // Its polyfill would fetch, and every browser that is supported preloads modules by itself.
    build: { modulePreload: { polyfill: false } },
  }),
  hooks: {
    // Where there is a page, wxt takes this one text from its HTML.
    'build:manifestGenerated'(_, { action }) {
      if (action) action.default_title = '__MSG_extensionName__';
    },
    // By itself it is one file: split by what pages share, it would have to wait for several.
    'entrypoints:grouped'(_, groups) {
      for (const [index, group] of groups.entries()) {
        if (!Array.isArray(group)) continue;
        const popup = group.filter(({ name }) => name === 'popup');
        groups.splice(
          index,
          1,
          group.filter(({ name }) => name !== 'popup'),
          popup,
        );
        return;
      }
    },
  },
});
