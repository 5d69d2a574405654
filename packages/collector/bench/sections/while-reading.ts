// Claim: reading a month of clicks and copying the whole ledger do not make a browser or a shop wait for its answer.
// Falsified by a percentile above its target, by an answer that is no acknowledgement, or when nothing was read meanwhile.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openSqlite } from '../../src/ledgers/sqlite.ts';
import { startHelper } from '../support/children.ts';
import { environmentOf, ledgerFile, SHOP_API_KEY } from '../support/collector-process.ts';
import type { Context, Figure, Section } from '../support/figure.ts';
import { pace } from '../support/pace.ts';
import { Pool } from '../support/pool.ts';
import { beaconRequests } from '../support/requests.ts';
import { seedClicks } from '../support/seed-clicks.ts';
import { sendOrders } from '../support/send-orders.ts';
import { percentile, rounded } from '../support/statistics.ts';

const COLLECTOR = join(import.meta.dirname, '../collector-with-reads.ts');
/** The ledger is made here and opened by another process: both need the same key. */
const SECRET_KEY = randomBytes(32).toString('base64');
const BEACONS_A_SECOND = 200;
const ORDERS_A_SECOND = 50;

export const whileReading: Section = {
  name: 'while-reading',
  about: 'acknowledgements while a million clicks are summed up and the ledger is copied, over and over',
  run: measure,
};

async function measure({ quick, folder, say }: Context): Promise<Figure[]> {
  const [clicks, ms] = quick ? [100_000, 3000] : [1_000_000, 15_000];
  await makeLedger(folder);
  await seedClicks(ledgerFile(folder), clicks, say);
  const collector = await startHelper(COLLECTOR, {
    cwd: folder,
    env: environmentOf({ folder, port: 0, env: { SECRET_KEY } }),
  });
  const load = (series: string) => acknowledge({ port: collector.port, ms, series });
  await load('warm');
  const undisturbed = await load('calm');
  await collector.ask('read');
  const disturbed = await load('busy');
  const summaries = await collector.ask('stop');
  const backups = await collector.ask('backups');
  await collector.stop();
  say(`meanwhile ${summaries} summaries were read and ${backups} whole copies made`);
  if (summaries === 0) throw new Error('nothing was read meanwhile');
  return figuresOf({ undisturbed, disturbed, clicks, summaries, backups });
}

/** The file with its tables, before the rows are written straight into it. */
async function makeLedger(folder: string): Promise<void> {
  const settings = {
    path: ledgerFile(folder),
    secretKey: Buffer.from(SECRET_KEY, 'base64'),
    tracker: 'binom',
  };
  const ledger = await openSqlite({ ...settings, onDeath: (error) => console.error(error) });
  await ledger.close();
}

interface Waits {
  readonly beacons: readonly number[];
  readonly orders: readonly number[];
}

async function acknowledge(ask: { port: number; ms: number; series: string }): Promise<Waits> {
  const shops = [{ shop: 'main', key: SHOP_API_KEY }];
  const [beacons, orders] = await Promise.all([
    sendBeacons(ask),
    sendOrders({ ...ask, shops, perSecond: ORDERS_A_SECOND }),
  ]);
  return { beacons, orders: orders.map((order) => order.acknowledgedAfter) };
}

let sentBeacons = 1;

async function sendBeacons({ port, ms }: { port: number; ms: number }): Promise<number[]> {
  const pool = new Pool(port);
  // Without slots every call has bytes of its own.
  const next = beaconRequests(0, sentBeacons);
  const waits: number[] = [];
  const send = async (_index: number, plannedAt: number) => {
    const { status } = await pool.ask(next(0));
    if (status !== 204) throw new Error(`a beacon was answered ${status}`);
    waits.push(performance.now() - plannedAt);
  };
  await pace({ perSecond: BEACONS_A_SECOND, ms, send }).finally(() => pool.close());
  sentBeacons += waits.length;
  return waits;
}

interface Measured {
  readonly undisturbed: Waits;
  readonly disturbed: Waits;
  readonly clicks: number;
  readonly summaries: number;
  readonly backups: number;
}

function figuresOf({ undisturbed, disturbed, ...raw }: Measured): Figure[] {
  const figure = (name: string, waits: readonly number[], isJudged: boolean): Figure => ({
    name: `acknowledged, p99: ${name}`,
    value: rounded(percentile(waits, 99)),
    unit: 'ms',
    target: isJudged ? { atMost: 50 } : null,
    raw: {
      ...raw,
      sent: waits.length,
      p50: rounded(percentile(waits, 50)),
      max: rounded(Math.max(...waits)),
    },
  });
  return [
    figure('beacons while reading', disturbed.beacons, true),
    figure('orders while reading', disturbed.orders, true),
    figure('beacons undisturbed', undisturbed.beacons, false),
    figure('orders undisturbed', undisturbed.orders, false),
  ];
}
