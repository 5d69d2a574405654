// Claim: a postback leaves as soon as the shop has its answer, and one dead tracker does not make other shops wait.
// Falsified by a percentile above its target; a postback that never arrives counts as infinitely late.
import { type Arrivals, listenForPostbacks } from '../support/arrivals.ts';
import { openBlackHole } from '../support/black-hole.ts';
import { SHOP_API_KEY, startCollector } from '../support/collector-process.ts';
import type { Context, Figure, Section } from '../support/figure.ts';
import { freePort } from '../support/free-port.ts';
import { Operator } from '../support/operator.ts';
import { delaysOf, sendOrders, type ShopKey } from '../support/send-orders.ts';
import { percentile, rounded } from '../support/statistics.ts';

const PER_SECOND = 100;
const SHOPS = 40;
/** Orders of the shop with the dead tracker that wait before the others begin. */
const HEAP = 400;
const PATIENCE = 30_000;

export const latency: Section = {
  name: 'latency',
  about: 'from the answer to an order until its postback reaches the tracker, at 100 orders a second',
  run: measure,
};

async function measure(context: Context): Promise<Figure[]> {
  const [tracker, hole] = [await listenForPostbacks(), await openBlackHole()];
  const hosts = [tracker.port, hole.port].map((port) => `127.0.0.1:${port}`);
  const collector = await startCollector({
    folder: context.folder,
    port: await freePort(),
    env: { BINOM_DOMAIN: hosts[0] ?? '', TRACKER_ALLOW_HOSTS: hosts.join(',') },
  });
  const bench: Bench = { port: collector.port, tracker, ms: context.quick ? 3000 : 10_000 };
  const one = await oneShop(bench);
  context.say('one shop measured');
  const many = await manyShops(bench, { live: hosts[0] ?? '', dead: hosts[1] ?? '' });
  context.say(`${SHOPS} shops measured; the dead tracker was tried ${hole.connections()} times`);
  await collector.stop();
  await tracker.close();
  hole.close();
  return [...one, ...many];
}

interface Bench {
  readonly port: number;
  readonly tracker: Arrivals;
  readonly ms: number;
}

async function oneShop({ port, tracker, ms }: Bench): Promise<Figure[]> {
  const shops = [{ shop: 'main', key: SHOP_API_KEY }];
  await sendOrders({ port, shops, perSecond: PER_SECOND, ms: 1000, series: 'warm' });
  const sent = await sendOrders({ port, shops, perSecond: PER_SECOND, ms, series: 'one' });
  const delays = await delaysOf(sent, tracker.at, PATIENCE);
  const raw = spread(delays);
  return [
    { name: 'order → tracker: p50', value: raw.p50, unit: 'ms', target: { atMost: 10 }, raw },
    { name: 'order → tracker: p99', value: raw.p99, unit: 'ms', target: { atMost: 50 }, raw: {} },
  ];
}

async function manyShops(
  { port, tracker, ms }: Bench,
  hosts: { live: string; dead: string },
): Promise<Figure[]> {
  const shops = await openShops(new Operator(port), hosts);
  const dead = shops.slice(0, 1);
  await sendOrders({ port, shops: dead, perSecond: HEAP, ms: 1000, series: 'heap' });
  const sent = await sendOrders({ port, shops, perSecond: PER_SECOND, ms, series: 'many' });
  const others = sent.filter(({ shop }) => shop !== dead[0]?.shop);
  const raw = spread(await delaysOf(others, tracker.at, PATIENCE));
  return [
    {
      name: `order → tracker: p99 of ${SHOPS - 1} shops beside a dead tracker`,
      value: raw.p99,
      unit: 'ms',
      target: { atMost: 2000 },
      raw,
    },
  ];
}

/** The first one's tracker is dead. */
async function openShops(
  operator: Operator,
  { live, dead }: { live: string; dead: string },
): Promise<ShopKey[]> {
  const shops: ShopKey[] = [];
  for (let number = 0; number < SHOPS; number += 1) {
    const shop = `shop-${number}`;
    await operator.call('POST', '/v1/shops', { shop });
    await operator.call('PUT', `/v1/shops/${shop}/trackers/binom`, {
      tracking_domain: number === 0 ? dead : live,
    });
    const made = await operator.call('POST', `/v1/shops/${shop}/api-keys`, { label: 'bench' });
    shops.push({ shop, key: String((made as { key?: unknown }).key) });
  }
  return shops;
}

function spread(delays: readonly number[]) {
  return {
    orders: delays.length,
    lost: delays.filter((delay) => delay === Infinity).length,
    p50: rounded(percentile(delays, 50)),
    p90: rounded(percentile(delays, 90)),
    p99: rounded(percentile(delays, 99)),
    max: rounded(Math.max(...delays)),
  };
}
