// Claim: at whichever moment the collector dies with an order in its hands, the order ends as the design says.
// One order, one death, one new life; every count is compared.
import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Binom, startBinom } from '@clickback/sandbox';
import { ledgerFile, SHOP_API_KEY, startCollector } from '../../bench/support/collector-process.ts';
import { freePort } from '../../bench/support/free-port.ts';
import { Pool } from '../../bench/support/pool.ts';
import { jsonRequest } from '../../bench/support/requests.ts';
import { integrityOf, readBooks, stillOpen } from './books.ts';
import { type KillPoint, KILLED_BY_THE_TRACKER } from './kill-point-promises.ts';
import { envOf, type Mode } from './mode.ts';

const HOOKS = import.meta.resolve('./kill-points.ts');
/** Well above a start and the schedule's own waits, so that a repeat that comes too early shows. */
const WAITS = { uncertain: 2500 };
const DEATH_DEADLINE = 10_000;
const DRAIN_DEADLINE = 20_000;
const ORDER = { order_id: '1001', status: 'paid', amount: '49.90', currency: 'EUR', click_id: '81e60chaos' };
const CENTS = 4990;

export interface PointAsk {
  readonly point: KillPoint;
  readonly mode: Mode;
  readonly folder: string;
}

/** Every breach of what the point promises, in words. */
export async function killAtPoint(ask: PointAsk): Promise<string[]> {
  mkdirSync(ask.folder);
  const binom = await startBinom({ upsell: ask.mode === 'adds' });
  try {
    return await dieAndLive({ ...ask, binom, port: await freePort(), file: ledgerFile(ask.folder) });
  } finally {
    await binom.close();
  }
}

interface Scene extends PointAsk {
  readonly binom: Binom;
  readonly port: number;
  readonly file: string;
}

async function dieAndLive(scene: Scene): Promise<string[]> {
  const death = await die(scene);
  if (death.signal !== 'SIGKILL') return [`the kill point was never reached (${death.signal})`];
  const breaches = atDeath(scene);
  const diedAt = Date.now();
  const code = await liveAgain(scene, { wasAnswered: death.wasAnswered });
  if (code !== 0) breaches.push(`SIGTERM ended the second life with code ${code}`);
  return [...breaches, ...afterwards(scene, diedAt)];
}

async function die(scene: Scene): Promise<{ signal: string; wasAnswered: boolean }> {
  const { point, mode, folder, port, binom } = scene;
  const isFromOutside = point.name === KILLED_BY_THE_TRACKER;
  const hooks = isFromOutside ? {} : { CHAOS_KILL_AT: point.name, NODE_OPTIONS: `--import=${HOOKS}` };
  const collector = await startCollector({ folder, port, env: { ...envOf(mode, binom, WAITS), ...hooks } });
  if (isFromOutside) binom.fail({ kind: 'hang', counts: true, times: 1 });
  const status = order(port);
  const until = performance.now() + DEATH_DEADLINE;
  while (isFromOutside && binom.requests.length === 0 && performance.now() < until) await wait(1);
  if (isFromOutside) await collector.kill();
  const signal = await Promise.race([collector.ended, wait(DEATH_DEADLINE, 'it lived on')]);
  await collector.kill();
  return { signal, wasAnswered: (await status) === 200 };
}

/** A second life without kill points; the shop repeats what was not answered. */
async function liveAgain(scene: Scene, { wasAnswered }: { wasAnswered: boolean }): Promise<number | null> {
  const { mode, folder, port, binom, file } = scene;
  const collector = await startCollector({ folder, port, env: envOf(mode, binom, WAITS) });
  if (!wasAnswered) {
    const status = await order(port);
    if (status !== 200) throw new Error(`the order, sent again, was answered ${status}`);
  }
  const until = performance.now() + DRAIN_DEADLINE;
  while (stillOpen(file) > 0 && performance.now() < until) await wait(20);
  return collector.stop();
}

async function order(port: number): Promise<number> {
  const pool = new Pool(port);
  const { status } = await pool.ask(jsonRequest('POST /v1/shops/main/orders', SHOP_API_KEY, ORDER));
  pool.close();
  return status;
}

function atDeath({ point, file, binom }: Scene): string[] {
  const { orders, attempts } = readBooks(file);
  const found = { orders: orders.length, attempts: attempts.length, requests: binom.requests.length };
  return differences('at its death', point.atDeath, found);
}

function afterwards({ point, mode, file, binom }: Scene, diedAt: number): string[] {
  const { postbacks, attempts, notices } = readBooks(file);
  const expected = { rows: 1, ...point.afterwards(mode) };
  const [row] = postbacks;
  const found = {
    rows: postbacks.length,
    state: row?.state,
    attempts: attempts.length,
    requests: binom.requests.length,
  };
  const breaches = differences('afterwards', expected, found);
  const shown = Math.round(Number(binom.conversion(ORDER.click_id)?.payout ?? 0) * 100);
  const told = expected.requests === 0 ? 0 : CENTS;
  if (shown !== told) breaches.push(`the tracker shows ${shown} cents instead of ${told}`);
  const isRepeat = expected.attempts > 1;
  const again = binom.requests.at(-1)?.at ?? 0;
  if (isRepeat && again - diedAt < WAITS.uncertain)
    breaches.push(`sent again ${again - diedAt} ms after its death`);
  if (isRepeat && mode === 'unset' && !notices.has('may-have-counted-twice')) {
    breaches.push('nobody is told that it may have counted twice');
  }
  const integrity = integrityOf(file);
  return integrity === 'ok' ? breaches : [...breaches, `integrity_check: ${integrity}`];
}

function differences(when: string, expected: object, found: object): string[] {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)];
  return wanted === got ? [] : [`${when} ${got} instead of ${wanted}`];
}
