// Builds the browser script: c.js for a script tag, c.mjs with its types for bundlers.
import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

const source = 'packages/snippet/src';
const dist = 'packages/snippet/dist';

/**
 * js-cookie is one object built by a factory, so nothing of it tree-shakes: a fifth of c.js. This works it out for the two
 * calls keep.ts makes, get(name) and set(name, value, { expires: days, … }), with names and values that need no encoding.
 */
const jsCookieAsCalled = [
  [/return Object\.create\([\s\S]*?\n {2}\)\n\}/, 'return { set, get }\n}'],
  [/function assign [\s\S]*?\n\}\n/, ''],
  ['assign({}, defaultAttributes, attributes)', '{ ...defaultAttributes, ...attributes }'],
  // In set: always a browser, a name without specials, a number of days, attributes without a semicolon.
  [/if \(typeof document === 'undefined'\) \{\s*return\s*\}/, ''],
  [/name = encodeURIComponent\(name\)[^;]*;/, ''],
  [/if \(typeof attributes\.expires === 'number'\) \{[^}]*\}/, ''],
  [
    /if \(attributes\.expires\) \{[^}]*\}/,
    'attributes.expires = new Date(Date.now() + attributes.expires * 864e5).toUTCString();',
  ],
  [".split(';')[0]", ''],
  ['converter.write(value, name)', 'value'],
  // In get: always with a name, of which the first counts.
  [/if \(typeof document === 'undefined' \|\| [^)]*\)\) \{\s*return\s*\}/, ''],
  ["document.cookie ? document.cookie.split('; ') : []", "document.cookie.split('; ')"],
  ['var jar = {};', ''],
  ["var value = parts.slice(1).join('=');", ''],
  [/try \{[\s\S]*?\} catch \(_e\) \{[^}]*\}/, 'if (parts[0] === name) return parts[1]'],
  ['return name ? jar[name] : jar', ''],
];
const specialise = {
  name: 'specialise',
  transform(code, id) {
    if (!id.endsWith('js.cookie.mjs')) return null;
    const swapped = jsCookieAsCalled.reduce((text, [from, to]) => {
      const next = text.replace(from, to);
      return next === text ? this.error(`js-cookie no longer says ${String(from)}`) : next;
    }, code);
    return { code: swapped, map: { mappings: '' } };
  },
};

/** Terser merges and moves `var` where it may not touch `const` and `let`: 50 bytes. So no name twice in one function. */
const loosen = {
  name: 'loosen',
  renderChunk(code) {
    const swaps = [];
    const walk = (node, names) => {
      if (/Function/.test(node.type)) names = new Set();
      if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
        const declared = node.declarations.map(({ id }) => code.slice(id.start, id.end)).join();
        for (const [name] of declared.matchAll(/[\w$]+/g)) {
          if (names.has(name)) this.error(`${name} is declared twice in one function`);
          names.add(name);
        }
        swaps.push(node);
      }
      for (const child of Object.values(node).flat()) if (child?.type) walk(child, names);
    };
    walk(this.parse(code), new Set());
    // As long as before, so that the source map stays true.
    const loose = swaps.reduce(
      (text, { kind, start }) =>
        text.slice(0, start) + 'var'.padEnd(kind.length) + text.slice(start + kind.length),
      code,
    );
    return { code: loose, map: null };
  },
};

/** Names that begin with `_` need not travel. */
const shrink = terser({
  ecma: 2018,
  compress: {
    passes: 5,
    pure_getters: true,
    unsafe_arrows: true,
    unsafe_methods: true,
    unsafe_regexp: true,
    keep_fargs: false,
  },
  mangle: { properties: { regex: /^_/, keep_quoted: true } },
  format: { comments: false },
});

/** What a page pays for the script, and the hash it may pin it with. */
const measure = {
  name: 'measure',
  writeBundle(_options, bundle) {
    for (const chunk of Object.values(bundle).filter(({ type }) => type === 'chunk')) {
      const { fileName, code } = chunk;
      const sri = createHash('sha384').update(code).digest('base64');
      const gzip = gzipSync(code, { level: 9 }).length;
      const brotli = brotliCompressSync(code).length;
      console.log(
        `${fileName}: ${Buffer.byteLength(code)} B, gzip ${gzip} B, brotli ${brotli} B, sha384-${sri}`,
      );
    }
  },
};

const plugins = [nodeResolve({ browser: true }), esbuild({ target: 'es2018', tsconfig: false })];
// An npm dependency is its user's to deduplicate; protocol is ours alone and goes inside.
const external = ['js-cookie'];

export default [
  {
    input: `${source}/snippet.ts`,
    plugins: [specialise, ...plugins],
    output: {
      file: `${dist}/c.js`,
      format: 'iife',
      strict: false,
      // Written but not named in the script: shoppers' consoles must not ask for it.
      sourcemap: 'hidden',
      plugins: [loosen, shrink, measure],
    },
  },
  {
    input: `${source}/start.ts`,
    external,
    plugins,
    output: { file: `${dist}/c.mjs`, format: 'es', sourcemap: true, plugins: [measure] },
  },
  {
    input: `${source}/start.ts`,
    external,
    plugins: [dts({ tsconfig: 'packages/snippet/tsconfig.browser.json' })],
    output: { file: `${dist}/c.d.ts`, format: 'es' },
  },
];
