/** The one place where a port gets its adapter, and where everything is started in order: the socket opens last. */
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { v7 } from 'uuid';
import { applyEnvironment } from './compose/apply-environment.ts';
import { type Happenings, happenings } from './compose/happenings.ts';
import { lockedBy, nothingLocked } from './compose/locked-fields.ts';
import { onlyChanges } from './compose/only-changes.ts';
import { repeat } from './compose/repeat.ts';
import { snippetFiles } from './compose/snippet-files.ts';
import type { Config } from './config.ts';
import { keepKeys, keepSecretKey, type Keys, keysFileIn } from './config/key-files.ts';
import type { Clock, Ledger, Log, Tracker, Wire } from './core/ports.ts';
import { connectTracker } from './flows/connect-tracker.ts';
import { deliverPostbacks, type Delivery } from './flows/deliver-postbacks.ts';
import { Directory } from './flows/directory.ts';
import { forgetOld } from './flows/forget-old.ts';
import { operate } from './flows/operate.ts';
import { receiveOrder } from './flows/receive-order.ts';
import { recordClick } from './flows/record-click.ts';
import { createApp, type App } from './http/app.ts';
import { listen } from './http/listen.ts';
import type { SnippetFiles } from './http/snippet.ts';
import { openMemory } from './ledgers/memory.ts';
import { openSqlite } from './ledgers/sqlite.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { binom } from './trackers/binom.ts';
import { createWire } from './wire.ts';
import { allowsOf, refusalOf } from './wire/address.ts';

/** What a collector takes from the process it runs in. */
export interface World {
  readonly clock: Clock;
  readonly random: () => number;
  /** Takes the log's lines. */
  readonly out: { write(line: string): unknown };
}

export interface Collector {
  /** `http://host:port` */
  readonly url: string;
  readonly keys: Keys;
  /** Where keys that were not given are kept. */
  readonly keysFile: string;
  /** Fulfils when the ledger is lost: nothing can be stored any more, and the process should end. */
  readonly died: Promise<Error>;
  /** Takes nothing more in, finishes what is under way, and lets go of everything, in less than 10 s. */
  close(): Promise<void>;
}

const TRACKERS: ReadonlyMap<string, Tracker> = new Map([[binom.name, binom]]);

const RETENTION_EVERY = 3_600_000;
const PATIENCE = 8_000;
const WIRE_PATIENCE = 500;

export async function compose(config: Config, world: World): Promise<Collector> {
  const log = createLog({ level: config.logLevel, out: world.out });
  const lost = Promise.withResolvers<Error>();
  const snippet = await snippetFiles();
  const ledger = await openLedger(config, lost.resolve);
  const closing: (() => Promise<unknown>)[] = [() => ledger.close()];
  try {
    const folder = dataFolder(config);
    const keys = keepKeys(folder, { ADMIN_TOKEN: config.adminToken, SHOP_API_KEY: config.shopApiKey });
    const parts = { config, world, log, ledger, keys, snippet, closing };
    const { url } = await start(parts);
    log.info('collector.started', { url, ledger: config.ledger });
    return { url, keys, keysFile: keysFileIn(folder), died: lost.promise, close: closer(closing, log) };
  } catch (error) {
    await closer(closing, log)();
    throw error;
  }
}

interface Parts {
  readonly config: Config;
  readonly world: World;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly keys: Keys;
  readonly snippet: SnippetFiles;
  /** How each part is closed, in the order they were opened. */
  readonly closing: (() => Promise<unknown>)[];
}

/** From here on it works: postbacks leave, and at the end requests come in. */
async function start(parts: Parts): Promise<{ readonly url: string }> {
  const { config, world, log, ledger, closing } = parts;
  const { clock, random } = world;
  const wire = createWire({ allowHosts: config.trackerAllowHosts });
  closing.push(() => atMost(WIRE_PATIENCE, wire.close(), clock));
  const directory = new Directory(ledger);
  await setUp(parts);
  await directory.refresh();

  const hub = happenings((error) => log.error('listener.failed', { error }));
  const policy = config.retry;
  const needs = { ledger, wire, trackers: TRACKERS, clock, random, policy, log, happen: hub.happen };
  const delivery = deliverPostbacks(needs);
  const app = appOf(parts, { directory, wire, delivery, hub });
  const together = [() => delivery.stop(PATIENCE), async () => app.drain(), ...chores(parts, directory)];
  closing.push(() => Promise.all(together.map((stop) => stop())));
  const listening = await listen(app.handle, config);
  together.push(() => listening.close(PATIENCE));
  return listening;
}

/** What the environment says, said before anybody else can say anything. */
async function setUp({ config, world: { clock }, ledger, keys, log }: Parts): Promise<void> {
  const connect = connectTracker({
    ledger: onlyChanges(ledger),
    trackers: TRACKERS,
    clock,
    locked: nothingLocked,
    ...addressRules(config),
    wake: () => undefined,
  });
  await applyEnvironment({ config, shopApiKey: keys.SHOP_API_KEY, ledger, connect, clock, log });
}

interface Running {
  readonly directory: Directory;
  readonly wire: Wire;
  readonly delivery: Delivery;
  readonly hub: Happenings;
}

function appOf({ config, world: { clock }, ledger, keys, log, snippet }: Parts, running: Running): App {
  const { directory, wire, delivery, hub } = running;
  const { happen, subscribe } = hub;
  const metrics = createMetrics({ ledger, clock });
  subscribe(metrics.happen);
  const wake = () => delivery.wake();
  const locked = lockedBy(config);
  const shared = { ledger, directory, clock, newId: () => v7(), happen, wake };
  return createApp({
    adminToken: keys.ADMIN_TOKEN,
    ...{ clock, log, directory, locked, snippet, subscribe },
    reads: ledger,
    recordClick: recordClick(shared),
    receiveOrder: receiveOrder(shared),
    operate: operate({ ...shared, ...addressRules(config), trackers: TRACKERS, wire, locked }),
    metrics: { token: config.metricsToken, render: () => metrics.render() },
    rateLimit: config.rateLimit,
    trustProxy: config.trustProxy,
  });
}

/** What is done now and then; each is stopped by the function it gave. */
function chores({ config, world: { clock }, ledger, log }: Parts, directory: Directory) {
  const { clickRetentionDays: clickDays, orderRetentionDays: orderDays } = config;
  const forget = () => forgetOld({ ledger, directory, clock, log, clickDays, orderDays });
  return [
    repeat({
      clock,
      everyMs: RETENTION_EVERY,
      run: forget,
      failed: (error) => log.warn('old.not-forgotten', { error }),
    }),
  ];
}

async function openLedger({ ledger, secretKey }: Config, onDeath: (error: Error) => void): Promise<Ledger> {
  const tracker = binom.name;
  if (ledger.engine === 'memory') return openMemory({ secretKey: secretKey ?? randomBytes(32), tracker });
  const { path } = ledger;
  return openSqlite({ path, secretKey: secretKey ?? keepSecretKey(path), tracker, onDeath });
}

function addressRules({ trackerAllowHosts }: Config) {
  const allows = allowsOf(trackerAllowHosts);
  return {
    addressProblem: (hostAndPort: string) => refusalOf(hostAndPort, trackerAllowHosts),
    allowsHost: (hostAndPort: string) => {
      const url = URL.parse(`http://${hostAndPort}`);
      return url !== null && allows(url.hostname, url.port || '80');
    },
  };
}

function dataFolder({ ledger }: Config): string {
  return ledger.engine === 'sqlite' ? dirname(ledger.path) : 'data';
}

/** Closes everything once, the last opened first; what fails to close does not keep the rest open. */
function closer(closing: readonly (() => Promise<unknown>)[], log: Log): () => Promise<void> {
  let closed: Promise<void> | null = null;
  const closeAll = async (): Promise<void> => {
    for (const close of closing.toReversed()) {
      await close().catch((error: unknown) => log.error('close.failed', { error }));
    }
  };
  return () => (closed ??= closeAll());
}

function atMost(ms: number, done: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    const end = () => {
      cancel();
      resolve();
    };
    done.then(end, end);
  });
}
