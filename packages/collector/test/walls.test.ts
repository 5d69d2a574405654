// The walls stand only while each of them is seen to stop somebody.
import { describe, expect, it } from 'vitest';
import { breaches, rules } from './support/planted-tree.ts';

const C = 'packages/collector/src';

/** Rule, the file that breaks it, the line that breaks it. */
const PLANTED = [
  ['imports-never-run-in-a-circle', `${C}/core/ports.ts`, "import type { x } from './money.ts';"],
  ['every-import-leads-somewhere', `${C}/metrics.ts`, "import './no-such-file.ts';"],
  ['packages-meet-by-name', `${C}/core/money.ts`, "import '../../../protocol/src/beacon.ts';"],
  ['production-never-imports-tests', `${C}/core/stray.ts`, "import '../sources/stripe.test.ts';"],
  ['production-never-imports-tests', `${C}/compose.ts`, "import '../test/contracts/source.ts';"],
  ['nobody-imports-main-or-cli', `${C}/stray.ts`, "import './main.ts';"],
  ['nobody-imports-main-or-cli', `${C}/cli.ts`, "import './main.ts';"],
  ['main-and-cli-import-only-compose-config-and-flows-types', `${C}/main.ts`, "import './core/money.ts';"],
  [
    'main-and-cli-import-only-compose-config-and-flows-types',
    `${C}/cli/doctor.ts`,
    "import '../http/app.ts';",
  ],
  ['main-and-cli-take-only-types-from-flows', `${C}/cli.ts`, "import { f } from './flows/operate.ts';"],
  ['the-front-door-shows-only-compose-config-core-and-protocol', `${C}/index.ts`, "import './http/app.ts';"],
  ['only-main-and-cli-import-compose', `${C}/stray.ts`, "import './compose.ts';"],
  ['only-main-and-cli-import-compose', `${C}/stray.ts`, "import './cli/doctor.ts';"],
  ['only-compose-imports-an-adapter', `${C}/http/app.ts`, "import '../ledgers/memory.ts';"],
  ['only-compose-imports-an-adapter', `${C}/flows/operate.ts`, "import '../trackers/binom.ts';"],
  ['only-compose-imports-an-adapter', `${C}/main.ts`, "import './wire.ts';"],
  ['only-compose-imports-an-adapter', `${C}/core/stray.ts`, "import '../sources/stripe.ts';"],
  ['http-imports-only-flows-core-protocol-and-npm', `${C}/http/app.ts`, "import '../config.ts';"],
  ['http-imports-only-flows-core-protocol-and-npm', `${C}/http/app.ts`, "import 'node:child_process';"],
  ['flows-import-only-core-and-protocol', `${C}/flows/operate.ts`, "import 'zod';"],
  ['flows-import-only-core-and-protocol', `${C}/flows/operate.ts`, "import 'node:crypto';"],
  [
    'flows-import-only-core-and-protocol',
    `${C}/flows/receive-order.ts`,
    "import type { x } from '../http/app.ts';",
  ],
  ['sources-import-only-core-and-node-crypto', `${C}/sources/shopify.ts`, "import './stripe.ts';"],
  ['sources-import-only-core-and-node-crypto', `${C}/sources/stripe.ts`, "import 'node:fs';"],
  ['sources-import-only-core-and-node-crypto', `${C}/sources/stripe.ts`, "import '../trackers/binom.ts';"],
  ['trackers-import-only-core-and-node-crypto', `${C}/trackers/binom.ts`, "import './keitaro.ts';"],
  ['trackers-import-only-core-and-node-crypto', `${C}/trackers/binom.ts`, "import 'undici';"],
  [
    'ledgers-import-only-core-protocol-their-driver-and-ledgers-sql',
    `${C}/ledgers/sqlite.ts`,
    "import './memory.ts';",
  ],
  [
    'ledgers-import-only-core-protocol-their-driver-and-ledgers-sql',
    `${C}/ledgers/memory.ts`,
    "import '../flows/operate.ts';",
  ],
  ['the-wire-imports-only-core-and-protocol', `${C}/wire.ts`, "import './config.ts';"],
  ['config-imports-only-core-and-protocol', `${C}/config.ts`, "import './flows/operate.ts';"],
  ['core-imports-only-core-and-protocol', `${C}/core/ports.ts`, "import 'node:crypto';"],
  ['core-imports-only-core-and-protocol', `${C}/core/ports.ts`, "import 'zod';"],
  ['core-imports-only-core-and-protocol', `${C}/core/stray.ts`, "import type { m } from '../metrics.ts';"],
  ['protocol-imports-nothing', 'packages/protocol/src/beacon.ts', "import 'zod';"],
  ['protocol-imports-nothing', 'packages/protocol/src/beacon.ts', "import 'node:url';"],
  ['only-the-wire-makes-outgoing-calls', `${C}/ledgers/memory.ts`, "import 'undici';"],
  ['only-ledgers-open-a-database', `${C}/config.ts`, "import 'node:sqlite';"],
  ['only-ledgers-open-a-database', `${C}/http/app.ts`, "import 'pg';"],
  ['only-http-knows-express', `${C}/main.ts`, "import 'express';"],
  ['the-snippet-imports-only-protocol-and-js-cookie', 'packages/snippet/src/snippet.ts', "import 'zod';"],
  [
    'the-snippet-imports-only-protocol-and-js-cookie',
    'packages/snippet/src/snippet.ts',
    "import '@clickback/console';",
  ],
  [
    'the-console-imports-only-protocol-and-its-libraries',
    'packages/console/src/index.ts',
    "import '@clickback/collector';",
  ],
  [
    'the-sandbox-enters-the-collector-by-its-front-door',
    'packages/sandbox/src/demo.ts',
    "import '@clickback/console';",
  ],
  [
    'the-collector-never-imports-sandbox-snippet-or-console',
    `${C}/compose.ts`,
    "import '@clickback/console';",
  ],
] as const;

describe('walls', () => {
  it('a tree in which every layer imports what it may is clean', async () => {
    expect(await breaches()).toEqual([]);
  });

  it.each(PLANTED)('%s stops %s with %s', async (rule, file, line) => {
    const found = await breaches(file, line);

    expect(new Set(found.map((breach) => breach.split(':')[0]))).toEqual(new Set([rule]));
    expect(found.some((breach) => breach.includes(file))).toBe(true);
  });

  it('every rule has a planted breach', async () => {
    expect((await rules()).sort()).toEqual([...new Set<string>(PLANTED.map(([rule]) => rule))].sort());
  });
});
