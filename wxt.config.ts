import preact from '@preact/preset-vite';
import { minify } from 'terser';
import { mergeConfig, type Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { COMMANDS, OMNIBOX_KEYWORD } from './utils/browser/commands.ts';
import { GATEWAY_ORIGINS } from './utils/enkash/hosts.ts';

/** The oldest supported browsers. Scripts and styles are built for them. */
const OLDEST = { chrome: '127', firefox: '142' };

const gateways = Object.values(GATEWAY_ORIGINS);

/** The popup's page as a side panel; the query tells the page that it stays open. */
const PANEL = 'popup.html?panel';

/** Allows the extension's own files, requests to the two gateways, and images as `data:` URLs (the QR codes). */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  // 'self': pages fetch the texts of the chosen language if it differs from the browser's.
  `connect-src 'self' ${gateways.join(' ')}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Removes `dangerouslySetInnerHTML` from Preact. The extension never uses it, and store reviewers ask about each `innerHTML`. */
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
 * Unreachable branches of jose. The vault encrypts and decrypts only with `dir` and `PBES2-HS512+A256KW` under `A256GCM`,
 * and its keys are bytes or CryptoKeys. A `throw` at the start of a branch lets the bundler drop the rest of it.
 */
const UNREACHED: readonly (readonly [file: string, start: RegExp])[] = [
  ['key_management.js', /case "(?:ECDH|RSA-OAEP|AES-GCM)": \{/g],
  ['key.js', /if \(isObject\(key\)\) \{|(?<=if \(isCryptoKey\(key\)\)\s+)return key;/g],
  ['content_encryption.js', /async function cbc(?:Encrypt|Decrypt)\([^)]*\) \{/g],
  ['deflate.js', /async function (?:de)?compress\([^)]*\) \{/g],
];

/** The rows of unused algorithms in jose's table. */
const UNNAMED =
  /^ {2}(?:"(?:RSA-OAEP|ECDH-ES|PBES2-HS(?:256|384))[^"]*"|A(?:128|192)(?:KW|GCM)|A\d+GCMKW|"A\d+CBC[^"]*"): .*\n/gm;

/** Removes unused algorithms from jose. A smaller worker starts faster. */
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

/** Unreachable code of other libraries, and its replacement. */
const REPLACED: readonly (readonly [file: RegExp, code: RegExp, instead: string])[] = [
  // Iteration over cursors with `for await`. The journal reads ranges instead.
  [/idb\/build\/index\.js$/, /replaceTraps\([^;]+\s+get\([^;]+isIteratorProp[\s\S]+?\n\}\)\);/, ''],
  // The hash factory with its options. The chain hashes whole texts in one call.
  [
    /@noble\/hashes\/sha2\.js$/,
    /export const sha256 = [^;]+;/,
    'export const sha256 = (bytes) => new _SHA256().update(bytes).digest();',
  ],
  // Copies of a partial hash, and usage checks. The only use is the line above.
  [
    /@noble\/hashes\/_md\.js$/,
    /aexists\(this\);|aoutput\(out, this\);|_cloneIntoMeta\(to\) \{[\s\S]+?\n {4}\}|clone\(\) \{[^}]+\}|if \(len % 4[^;]+;/g,
    '',
  ],
  // The message of a type error that the compiler rules out: an argument other than a Uint8Array.
  [/@noble\/hashes\/utils\.js$/, /\/\/ Error path[\s\S]+?throw new RangeError\(message\);/, REFUSE],
];

/** Applies {@link REPLACED}. The bundler then drops the code that only the replaced parts used. */
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
 * Replaces the polyfill with the browser's own object. All supported browsers return promises from the APIs in use, so
 * the polyfill changes nothing. Removing its 3 kB (gzipped) lets the worker start faster.
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

/** The second run saves another 40 bytes (gzipped), because it names the variables of the shorter code again. */
const TERSER_RUNS = 2;

/**
 * Minifies the worker's script a second time. After Vite's minifier, Terser saves another 0.6 kB (gzipped). Only the worker
 * is minified so, because Terser on all scripts would make a build take 20 s.
 */
const minifiedWorker: Plugin = {
  name: 'minified-worker',
  enforce: 'post',
  async generateBundle(_, bundle) {
    const worker = bundle['background.js'];
    if (worker?.type !== 'chunk' || !this.environment.config.build.minify) return;
    for (let run = 0; run < TERSER_RUNS; run += 1) {
      const { code } = await minify(worker.code, { ecma: 2020, compress: { passes: 2 } });
      if (!code) throw new Error('Terser gave no code.');
      worker.code = code;
    }
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
      // These two read the selected text, only in the tab where the operator uses a shortcut or the menu.
      'activeTab',
      'scripting',
      'alarms',
      'contextMenus',
      'declarativeNetRequestWithHostAccess',
      'idle',
      'notifications',
      ...(browser === 'firefox' ? [] : ['sidePanel' as const]),
      'storage',
      // Without it the browser may evict the journal and the key that encrypts the vault.
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
              strict_min_version: `${OLDEST.firefox}.0`,
              // The operator's entries are sent only to EnKash, and only at the operator's command.
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
          minimum_chrome_version: OLDEST.chrome,
          externally_connectable: { ids: [] },
          storage: { managed_schema: 'managed-schema.json' },
        }),
  }),
  zip: {
    // Screenshots are not needed to build.
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
    // The polyfill uses fetch, and all supported browsers preload modules natively.
    build: {
      target: Object.entries(OLDEST).map(([browser, version]) => browser + version),
      modulePreload: { polyfill: false },
    },
  }),
  hooks: {
    // WXT takes the title from the page's HTML, which is not localised.
    'build:manifestGenerated'(_, { action }) {
      if (action) action.default_title = '__MSG_extensionName__';
    },
    // Builds the popup on its own: with scripts shared between pages it would have to load several before its first paint.
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
    // All that the popup imports statically is one script, and all that several of its later scripts share is another. By
    // itself the bundler splits both into many small files, and each of them costs a request.
    'vite:build:extendConfig'(entrypoints, config) {
      if (entrypoints.some(({ name }) => name !== 'popup')) return;
      const groups = [
        { name: 'popup', tags: ['$initial'] },
        { name: 'popup-shared', minShareCount: 2 },
      ];
      const output = { codeSplitting: { groups } };
      Object.assign(config, mergeConfig(config, { build: { rolldownOptions: { output } } }));
    },
  },
});
