// Who may know whom. Every name is the rule, every comment the mend. Type imports count.
// test/walls.test.ts of the collector plants one breach per rule and sees it reported.

const IN = '^packages/collector/src/';
const TEST = '(\\.test\\.ts$|^packages/[^/]+/(test|bench)/|/fixtures/)';
const CORE = `${IN}core/`;
const FLOWS = `${IN}flows/`;
const HTTP = `${IN}http/`;
const PROTOCOL = '^packages/protocol/src/';
const ADAPTER = `${IN}((sources|trackers|ledgers)/|wire(\\.ts$|/))`;
const COMPOSE = `${IN}compose(\\.ts$|/)`;
const FRONT_DOOR = `${IN}index\\.ts$`;
const COMMANDS = `${IN}cli/`;
const ENTRIES = `${IN}(main\\.ts$|cli(\\.ts$|/))`;
/** Layers whose own rule already lists all they may import. */
const LISTED = `${IN}(core|flows|sources|trackers)/`;
const NPM = '(^|/)node_modules/';
const NODE_CRYPTO = '^(node:)?crypto$';

/** What an edge needs of Node to speak HTTP; nothing here leaves the machine or opens a database. */
const NODE_HTTP_BASICS =
  '^(node:)?(assert|async_hooks|buffer|crypto|events|fs|http|net|path|perf_hooks|querystring|stream|timers|url|util|zlib)(/|$)';

/** A rule about production code: what lies under `from` (less `except`) and is no test. */
const forbid = (name, { from, except = [], to, comment }) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: [TEST, ...except] },
  to,
});

/** For a layer that may import only what is listed, Node and npm included. */
const onlyTo = (allowed) => ({ pathNot: allowed });

const everywhere = [
  {
    name: 'imports-never-run-in-a-circle',
    severity: 'error',
    comment: 'Move what both need into a third file below them; a type import is an import too.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'every-import-leads-somewhere',
    severity: 'error',
    comment:
      'Correct the path (with its .ts), or add the package, with an exact version, to the package.json beside it.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^packages/[^/]+/dist/' },
  },
  {
    name: 'packages-meet-by-name',
    severity: 'error',
    comment: "Import '@clickback/…' instead of a path into another package.",
    from: { path: '^packages/([^/]+)/' },
    to: { path: '^packages/[^/]+/', pathNot: '^packages/$1/', dependencyTypesNot: ['aliased-workspace'] },
  },
  forbid('production-never-imports-tests', {
    from: '^packages/[^/]+/src/',
    to: { path: TEST },
    comment: 'Move what both need into src, or keep it in the test.',
  }),
];

const entries = [
  {
    name: 'nobody-imports-main-or-cli',
    severity: 'error',
    comment:
      'They begin the process. Move what another file needs below compose, and let both reach it there.',
    from: { path: '^packages/' },
    to: { path: `${IN}(main|cli)\\.ts$` },
  },
  forbid('main-and-cli-import-only-compose-config-and-flows-types', {
    from: ENTRIES,
    to: {
      path: '^packages/',
      pathNot: [COMPOSE, `${IN}(config|main|cli)(\\.ts$|/)`, FLOWS, ADAPTER, NPM, TEST],
    },
    comment: 'Let compose build it and hand it over ready.',
  }),
  forbid('main-and-cli-take-only-types-from-flows', {
    from: ENTRIES,
    to: { path: FLOWS, dependencyTypesNot: ['type-only'] },
    comment: 'Write `import type`, and call the flow through what compose returns.',
  }),
  forbid('the-front-door-shows-only-compose-config-core-and-protocol', {
    from: FRONT_DOOR,
    to: {
      path: '^packages/',
      pathNot: [COMPOSE, CORE, PROTOCOL, `${IN}(config|main|cli)(\\.ts$|/)`, ADAPTER, TEST],
    },
    comment: 'Show outsiders what compose builds and the values of core; the rest is ours to change.',
  }),
  forbid('only-main-and-cli-import-compose', {
    from: IN,
    except: [ENTRIES, FRONT_DOOR, COMPOSE, ADAPTER, HTTP, FLOWS, CORE, `${IN}config(\\.ts$|/)`],
    to: { path: [COMPOSE, COMMANDS, FRONT_DOOR] },
    comment: 'Take what you need as a parameter: compose hands it down.',
  }),
  forbid('only-compose-imports-an-adapter', {
    from: IN,
    except: [COMPOSE, ADAPTER],
    to: { path: ADAPTER, pathNot: TEST },
    comment: "Ask for the port (core's ports.ts) as a parameter; compose chooses the adapter.",
  }),
];

const layers = [
  forbid('http-imports-only-flows-core-protocol-and-npm', {
    from: HTTP,
    to: onlyTo([HTTP, FLOWS, CORE, PROTOCOL, NPM, NODE_HTTP_BASICS, ADAPTER, TEST]),
    comment: 'The edge turns a request into a call of a flow: take the flow (or the setting) as a parameter.',
  }),
  forbid('flows-import-only-core-and-protocol', {
    from: FLOWS,
    to: onlyTo([FLOWS, CORE, PROTOCOL, ADAPTER, TEST]),
    comment: "Ask for what you need through a port in core's ports.ts; no Node, no npm, no edge.",
  }),
  forbid('sources-import-only-core-and-node-crypto', {
    from: `${IN}sources/([^/.]+)`,
    to: onlyTo([`${IN}sources/$1(/|\\.ts$)`, CORE, NODE_CRYPTO, TEST]),
    comment: 'A source verifies and parses bytes: move what two shop platforms share into core.',
  }),
  forbid('trackers-import-only-core-and-node-crypto', {
    from: `${IN}trackers/([^/.]+)`,
    to: onlyTo([`${IN}trackers/$1(/|\\.ts$)`, CORE, NODE_CRYPTO, TEST]),
    comment:
      'A tracker writes a URL and reads a reply: move what two trackers share into core; the wire does the calling.',
  }),
  forbid('ledgers-import-only-core-protocol-their-driver-and-ledgers-sql', {
    from: `${IN}ledgers/([^/.]+)`,
    to: {
      path: '^packages/',
      pathNot: [`${IN}ledgers/$1(/|\\.ts$)`, `${IN}ledgers/sql/`, CORE, PROTOCOL, TEST],
    },
    comment: 'What two engines share lives in ledgers/sql; what is a decision lives in core.',
  }),
  forbid('the-wire-imports-only-core-and-protocol', {
    from: `${IN}wire(\\.ts$|/)`,
    to: { path: '^packages/', pathNot: [`${IN}wire(\\.ts$|/)`, CORE, PROTOCOL, TEST] },
    comment: 'The wire makes one call and knows nobody: take settings as parameters.',
  }),
  forbid('config-imports-only-core-and-protocol', {
    from: `${IN}config(\\.ts$|/)`,
    to: { path: '^packages/', pathNot: [`${IN}config(\\.ts$|/)`, CORE, PROTOCOL, ADAPTER, TEST] },
    comment: 'Config reads text and answers one frozen value: let compose act on it.',
  }),
  forbid('core-imports-only-core-and-protocol', {
    from: CORE,
    to: onlyTo([CORE, PROTOCOL, ADAPTER, TEST]),
    comment: 'Core decides and touches nothing: declare a port in ports.ts, or pass the value in.',
  }),
  forbid('protocol-imports-nothing', {
    from: PROTOCOL,
    to: onlyTo([PROTOCOL, TEST]),
    comment: 'Write the few lines here, or move the file to the side that needs the library.',
  }),
];

const doors = [
  forbid('only-the-wire-makes-outgoing-calls', {
    from: IN,
    except: [`${IN}wire(\\.ts$|/)`, COMPOSE, LISTED],
    to: { path: '(^|/)node_modules/undici/' },
    comment:
      "Send through the wire's port: it keeps the deadline, the address check and the no-redirects rule.",
  }),
  forbid('only-ledgers-open-a-database', {
    from: IN,
    except: [`${IN}ledgers/`, COMPOSE, LISTED],
    to: { path: '(^(node:)?sqlite$|(^|/)node_modules/(pg|pg-[^/]+|postgres)/)' },
    comment: 'Add a verb to the Ledger port and let the engine do it.',
  }),
  forbid('only-http-knows-express', {
    from: IN,
    except: [HTTP, COMPOSE, LISTED],
    to: { path: '(^|/)node_modules/(@types/)?(express|express-rate-limit|helmet)/' },
    comment: 'Keep requests and responses in http/; below it there are only values.',
  }),
];

const neighbours = [
  forbid('the-snippet-imports-only-protocol-and-js-cookie', {
    from: '^packages/snippet/src/',
    to: onlyTo(['^packages/snippet/src/', PROTOCOL, '(^|/)node_modules/(@types/)?js-cookie/', TEST]),
    comment: 'Every byte travels to every shopper: write the few lines here, or share them through protocol.',
  }),
  forbid('the-console-imports-only-protocol-and-its-libraries', {
    from: '^packages/console/src/',
    to: { path: '^packages/', pathNot: ['^packages/console/', PROTOCOL, TEST] },
    comment: 'The console speaks to the operator API: share row types through protocol.',
  }),
  forbid('the-sandbox-enters-the-collector-by-its-front-door', {
    from: '^packages/sandbox/src/',
    to: {
      path: '^packages/(collector|snippet|console)/',
      pathNot: [FRONT_DOOR, TEST, `${IN}(main|cli)\\.ts$`],
    },
    comment: "Import '@clickback/collector', or start it as a process.",
  }),
  forbid('the-collector-never-imports-sandbox-snippet-or-console', {
    from: IN,
    except: [ENTRIES, FRONT_DOOR, ADAPTER, HTTP, FLOWS, CORE, `${IN}config(\\.ts$|/)`],
    to: { path: '^packages/(sandbox|snippet|console)/' },
    comment: 'Stand-ins are for demos and tests; a built script is a file to read, not a module.',
  }),
];

export default {
  forbidden: [...everywhere, ...entries, ...layers, ...doors, ...neighbours],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: ['node_modules', '^packages/[^/]+/dist/'] },
    exclude: { path: '^packages/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts', '.json'],
    },
  },
};
