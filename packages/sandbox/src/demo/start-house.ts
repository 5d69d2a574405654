// Everything the demo needs, on this machine alone: a stand-in Binom, a collector with a ledger of its own, a shop.
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, startCollector, type Collector } from '@clickback/collector';
import { startBinom, type Binom } from '../binom/start-binom.ts';
import { startShop, type Shop } from '../shop/start-shop.ts';
import { freePort } from './free-port.ts';

export interface House {
  readonly collector: Collector;
  readonly binom: Binom;
  readonly shop: Shop;
  /** Says `postback` whenever Binom has counted one. */
  readonly news: EventEmitter<{ postback: [] }>;
  close(): Promise<void>;
}

const PORTS = { collector: 8787, shop: 8788, binom: 8789 };

/** Ports are the usual ones where they are free. Whatever was started is closed again where something does not start. */
export async function startHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'clickback-demo-'));
  const closing = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const each of closing.splice(0).reverse()) await each();
  };
  try {
    return { ...(await startAll(folder, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAll(folder: string, closing: (() => Promise<void>)[]): Promise<Omit<House, 'close'>> {
  const news = new EventEmitter<{ postback: [] }>();
  const log = (line: string) => {
    if (line.startsWith('postback')) news.emit('postback');
  };
  const binom = await startBinom({ port: await freePort(PORTS.binom), log });
  closing.push(() => binom.close());
  const config = readConfig({
    PORT: String(await freePort(PORTS.collector)),
    LEDGER_URL: `sqlite:${join(folder, 'clickback.db')}`,
    // A stand-in Binom is no public host; for this one alone that is allowed, and with it plain http.
    TRACKER_ALLOW_HOSTS: binom.host,
  });
  const collector = await startCollector(config);
  closing.push(() => collector.close());
  await connect(collector, binom);
  const apiKey = collector.keys.SHOP_API_KEY;
  const shop = await startShop({ port: await freePort(PORTS.shop), collectorUrl: collector.url, apiKey });
  closing.push(() => shop.close());
  binom.landAt(`${shop.url}/`);
  return { collector, binom, shop, news };
}

/** As `clickback connect binom --domain …` does. */
async function connect({ url, keys }: Collector, binom: Binom): Promise<void> {
  const response = await fetch(`${url}/v1/shops/main/trackers/binom`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${keys.ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ tracking_domain: binom.url }),
  });
  if (!response.ok) throw new Error(`the collector refused the stand-in Binom: ${await response.text()}`);
}
