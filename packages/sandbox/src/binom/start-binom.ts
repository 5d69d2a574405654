// A stand-in for Binom, on a real socket: for `npm run demo` and for tests. It behaves as the vendor's documents say and,
// where they are silent, as trackers in the wild do; nothing here proves what a live Binom does.
import express, { type Express } from 'express';
import { listen } from '../listen.ts';
import { sayPlainly } from '../say-plainly.ts';
import { apiRoutes, type ApiParts } from './api-routes.ts';
import type { Conversion } from './apply-postback.ts';
import { clickRoutes, type ClickParts } from './click-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { ConversionBook, type TrafficSourcePostback } from './conversion-book.ts';
import type { Fault } from './fault.ts';
import { FaultPlan } from './fault-plan.ts';
import { RequestLog, type ReceivedRequest } from './request-log.ts';

export interface BinomOptions {
  readonly port?: number;
  readonly host?: string;
  /** The offer's checkbox: true adds payouts up, false (the default) keeps the last. */
  readonly upsell?: boolean;
  /** The clicks it knows, beside those it mints; left out, it takes any click id for one of its own. */
  readonly clicks?: readonly string[];
  /** The answer to a postback for a click it does not know. Default 200, as trackers in the wild. */
  readonly unknownClickStatus?: number;
  /** What the API wants in its `api-key` header. */
  readonly apiKey?: string;
  /** Where campaign links lead; see also `landAt`. */
  readonly lander?: string;
  readonly log?: (line: string) => void;
}

export interface Binom {
  /** `http://host:port` */
  readonly url: string;
  /** `host:port`: the tracking domain. */
  readonly host: string;
  readonly apiKey: string;
  /** Every request but those to `/__sandbox`, oldest first; empty it with `requests.length = 0`. */
  readonly requests: ReceivedRequest[];
  /** In the order of their latest postbacks. */
  conversions(): Conversion[];
  conversion(clickId: string): Conversion | undefined;
  /** What the ad network was told about a click. */
  trafficSourcePostbacks(clickId: string): TrafficSourcePostback[];
  /** A new click id that this Binom knows, without a visit to a campaign link. */
  mint(campaign?: string): string;
  knows(clickId: string): boolean;
  /** Makes a click id known. */
  learn(clickId: string): void;
  /** Sends the visitors of campaign links (`/c/anything`, `/click.php?key=anything`) to this lander. */
  landAt(lander: string): void;
  /** Faults spoil answers in the order told; one without `times` stays until healed. */
  fail(fault: Fault): void;
  /** Forgets every fault that waits. The latency stays. */
  heal(): void;
  /** Milliseconds between counting a postback and answering it. */
  latency(ms: number): void;
  close(): Promise<void>;
}

export async function startBinom(options: BinomOptions = {}): Promise<Binom> {
  const book = new ConversionBook(options.upsell ?? false, options.clicks);
  const faults = new FaultPlan();
  const requests = new RequestLog();
  const { apiKey = 'sandbox-api-key', unknownClickStatus = 200, log = () => undefined } = options;
  let lander = options.lander;
  const app = binomApp({ book, faults, requests, apiKey, unknownClickStatus, log, lander: () => lander });
  const { url, host, close } = await listen(app, options);

  return {
    ...{ url, host, apiKey, close, requests: requests.requests },
    conversions: () => book.conversions().map(({ row }) => row),
    conversion: (clickId) => book.conversion(clickId)?.row,
    trafficSourcePostbacks: (clickId) => book.told(clickId),
    mint: (campaign) => book.mint(campaign ?? null),
    knows: (clickId) => book.knows(clickId),
    learn: (clickId) => book.learn(clickId),
    landAt: (url) => void (lander = url),
    fail: (fault) => faults.fail(fault),
    heal: () => faults.heal(),
    latency: (ms) => void (faults.latency = ms),
  };
}

function binomApp(parts: ApiParts & ClickParts): Express {
  const app = express().disable('x-powered-by').disable('etag');
  app.use('/__sandbox', controlRoutes(parts));
  app.use((req, _res, next) => {
    parts.requests.keep(req);
    next();
  });
  app.use('/public/api/v1', apiRoutes(parts));
  app.use(clickRoutes(parts));
  app.use((_req, res) => void res.status(404).type('text').send('Not found'));
  app.use(sayPlainly);
  return app;
}
