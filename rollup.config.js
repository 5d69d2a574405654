// Builds the browser script: c.js for a script tag, c.mjs with its types for bundlers.
import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

const source = 'packages/snippet/src';
const dist = 'packages/snippet/dist';

/** Private names start with `_` and need not travel; names in quotes (cookies) stay. */
const shrink = terser({
  ecma: 2018,
  compress: { passes: 3 },
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
    plugins,
    output: {
      file: `${dist}/c.js`,
      format: 'iife',
      // Written but not named in the script: shoppers' consoles must not ask for it.
      sourcemap: 'hidden',
      plugins: [shrink, measure],
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
