// A small shop on a real socket: lander, product, checkout, payment. For `npm run demo` and for tests with real browsers.
import express from 'express';
import { listen } from '../listen.ts';
import { sayPlainly } from '../say-plainly.ts';
import type { ShopOrder } from './shop-order.ts';
import { shopRoutes } from './shop-routes.ts';
import type { ShopSettings } from './shop-settings.ts';
import { Till } from './till.ts';

export interface ShopOptions {
  readonly port?: number;
  readonly host?: string;
  /** Where the shop's server reaches the collector. */
  readonly collectorUrl: string;
  /** Where browsers reach it; default: the same. */
  readonly collectorPublicUrl?: string;
  readonly apiKey: string;
  /** The shop's name at the collector. Default `main`. */
  readonly shop?: string;
  /** Default 49.90. */
  readonly price?: string;
  /** Default EUR. */
  readonly currency?: string;
  /** Hosts that also get the click id: the snippet's `data-carry`. */
  readonly carry?: readonly string[];
  /** Where the Buy link leads, such as `http://shop.localhost:8080`; a function is given the port the shop got. */
  readonly checkoutOrigin?: string | ((port: number) => string);
  /** Milliseconds before each try to reach the collector; as many tries as entries. Default 0, 250, 1000. */
  readonly retryWaits?: readonly number[];
  readonly log?: (line: string) => void;
}

export interface Shop {
  /** `http://host:port`; the lander is at `/`. The shop answers under every host name. */
  readonly url: string;
  /** `host:port` */
  readonly host: string;
  /** Every order taken, told to the collector or not, oldest first. */
  orders(): ShopOrder[];
  order(orderId: string): ShopOrder | undefined;
  close(): Promise<void>;
}

export async function startShop(options: ShopOptions): Promise<Shop> {
  const app = express().disable('x-powered-by');
  const { url, host, port, close } = await listen(app, options);
  const settings = settle(options, port);
  const till = new Till(settings);
  app.use(shopRoutes(settings, till), sayPlainly);
  return { url, host, close, orders: () => till.orders(), order: (orderId) => till.order(orderId) };
}

function settle(options: ShopOptions, port: number): ShopSettings {
  const { collectorUrl, collectorPublicUrl = collectorUrl, checkoutOrigin = '' } = options;
  return {
    shop: options.shop ?? 'main',
    price: options.price ?? '49.90',
    currency: options.currency ?? 'EUR',
    collectorUrl: bare(collectorUrl),
    collectorPublicUrl: bare(collectorPublicUrl),
    apiKey: options.apiKey,
    carry: options.carry ?? [],
    checkoutOrigin: bare(typeof checkoutOrigin === 'string' ? checkoutOrigin : checkoutOrigin(port)),
    retryWaits: options.retryWaits ?? [0, 250, 1_000],
    log: options.log ?? (() => undefined),
  };
}

function bare(url: string): string {
  return url.replace(/\/+$/, '');
}
