// A small copy of the house in a temporary folder, to plant a breach of the walls in.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

const RULES = join(import.meta.dirname, '../../../../.dependency-cruiser.mjs');
const PACKAGES = ['protocol', 'snippet', 'collector', 'sandbox', 'console'];
const LIBRARIES = ['express', 'undici', 'js-cookie', 'zod', 'pg', 'commander'];

/** Every layer once, each importing what it may. */
const CLEAN: Record<string, string> = {
  'packages/protocol/src/index.ts': "export { a } from './beacon.ts';",
  'packages/protocol/src/beacon.ts': 'export const a = 1;',
  'packages/snippet/src/snippet.ts': "import '@clickback/protocol';\nimport 'js-cookie';",
  'packages/console/src/index.ts': "import '@clickback/protocol';\nimport 'zod';",
  'packages/sandbox/src/demo.ts':
    "import '@clickback/collector';\nimport '@clickback/protocol';\nimport 'express';",
  'packages/collector/src/index.ts': "export { b } from './compose.ts';",
  'packages/collector/src/main.ts':
    "import './config.ts';\nimport './compose.ts';\nimport type { f } from './flows/operate.ts';",
  'packages/collector/src/cli.ts': "import 'commander';\nimport './cli/doctor.ts';",
  'packages/collector/src/cli/doctor.ts': "import '../compose.ts';",
  'packages/collector/src/compose.ts': [
    "import './http/app.ts';",
    "import './flows/operate.ts';",
    "import './sources/shopify.ts';",
    "import './trackers/binom.ts';",
    "import './ledgers/sqlite.ts';",
    "import './wire.ts';",
    "import './metrics.ts';",
    'export const b = 1;',
  ].join('\n'),
  'packages/collector/src/metrics.ts': "import './core/money.ts';\nexport const m = 1;",
  'packages/collector/src/config.ts': "import 'zod';\nimport 'node:path';\nimport './core/money.ts';",
  'packages/collector/src/wire.ts': "import 'undici';\nimport 'node:dns';\nimport './core/money.ts';",
  'packages/collector/src/http/app.ts':
    "import 'express';\nimport 'node:http';\nimport '../flows/operate.ts';\nimport '../core/money.ts';",
  'packages/collector/src/flows/operate.ts':
    "import '../core/money.ts';\nimport '@clickback/protocol';\nexport const f = 1;",
  'packages/collector/src/sources/shopify.ts':
    "import 'node:crypto';\nimport '../core/money.ts';\nimport './shopify/parse.ts';",
  'packages/collector/src/sources/shopify/parse.ts': 'export const s = 1;',
  'packages/collector/src/sources/stripe.ts': "import '../core/money.ts';",
  'packages/collector/src/sources/stripe.test.ts':
    "import 'node:fs';\nimport './stripe.ts';\nimport '../ledgers/memory.ts';\nimport '../../test/contracts/source.ts';",
  'packages/collector/src/trackers/binom.ts': "import '../core/money.ts';",
  'packages/collector/src/trackers/keitaro.ts': "import '../core/money.ts';",
  'packages/collector/src/ledgers/memory.ts': "import '../core/money.ts';",
  'packages/collector/src/ledgers/sqlite.ts':
    "import 'node:sqlite';\nimport './sqlite/worker.ts';\nimport './sql/orders.ts';",
  'packages/collector/src/ledgers/sqlite/worker.ts':
    "import 'node:worker_threads';\nimport '../sql/orders.ts';",
  'packages/collector/src/ledgers/sql/orders.ts':
    "import '../../core/money.ts';\nimport '@clickback/protocol';",
  'packages/collector/src/core/money.ts':
    "import '@clickback/protocol';\nimport type { p } from './ports.ts';",
  'packages/collector/src/core/ports.ts': 'export const p = 1;',
  'packages/collector/test/contracts/source.ts': "import 'zod';\nimport '@clickback/sandbox';",
};

/** Which walls the clean tree breaks with this line added to the end of this file: `rule: from → to`, sorted. */
export async function breaches(file?: string, line = ''): Promise<string[]> {
  const tree = mkdtempSync(join(tmpdir(), 'clickback-walls-'));
  try {
    plant(tree, file === undefined ? CLEAN : { ...CLEAN, [file]: `${CLEAN[file] ?? ''}\n${line}` });
    const { forbidden = [], options } = await extractDepcruiseConfig(RULES);
    const how: ICruiseOptions = { ...options, ruleSet: { forbidden }, validate: true, baseDir: tree };
    const { output } = await cruise(['packages'], how, options?.enhancedResolveOptions);
    return (output as ICruiseResult).summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
    );
  } finally {
    rmSync(tree, { recursive: true });
  }
}

/** The names of all rules. */
export async function rules(): Promise<string[]> {
  const { forbidden = [] } = await extractDepcruiseConfig(RULES);
  return forbidden.map(({ name }) => name ?? 'nameless');
}

function plant(tree: string, files: Record<string, string>): void {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const described = [
    ...PACKAGES.map((name) => [`packages/${name}`, `@clickback/${name}`, './src/index.ts'] as const),
    ...LIBRARIES.map((name) => [`node_modules/${name}`, name, './index.js'] as const),
  ];
  for (const [folder, name, entry] of described) {
    write(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports: { '.': entry } }));
  }
  for (const name of LIBRARIES) write(`node_modules/${name}/index.js`, '');
  write('packages/sandbox/src/index.ts', '');
  const dependencies = Object.fromEntries(LIBRARIES.map((name) => [name, '1']));
  write('package.json', JSON.stringify({ workspaces: ['packages/*'], dependencies }));
  mkdirSync(join(tree, 'node_modules/@clickback'), { recursive: true });
  for (const name of PACKAGES) {
    symlinkSync(join(tree, 'packages', name), join(tree, 'node_modules/@clickback', name), 'junction');
  }
}
