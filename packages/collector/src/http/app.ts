/** The collector's HTTP: everything it answers, put together. Beacons pass in front of Express, all else through it. */
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { RequestListener } from 'node:http';
import helmet from 'helmet';
import { Rejected } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { beacon, isBeacon } from './beacon.ts';
import type { Trust } from './client.ts';
import { createGate } from './gate.ts';
import { serveHealth } from './health.ts';
import { serveLive } from './live.ts';
import { serveMetrics } from './metrics.ts';
import { mount } from './mount.ts';
import type { AppNeeds } from './needs.ts';
import { operatorRoutes } from './operator/routes.ts';
import { orderRoutes } from './orders.ts';
import { problemOf, sendProblem } from './problem.ts';
import { createLimiter } from './rate-limit.ts';
import type { Route } from './route.ts';
import { serveSnippet } from './snippet.ts';

export interface App {
  readonly handle: RequestListener;
  /** Every call of the API that needs a key. */
  readonly routes: readonly Route[];
  /** From now on it is not ready, and streams that would never end do. */
  drain(): void;
}

export function createApp(needs: AppNeeds): App {
  const { log, recordClick, rateLimit } = needs;
  const app = express().disable('x-powered-by').set('trust proxy', needs.trustProxy);
  const trust = app.get('trust proxy fn') as Trust;
  const limiters = [1, 2].map(() => (rateLimit === null ? null : createLimiter(rateLimit)));
  const [beacons = null, logIns = null] = limiters;
  const gate = createGate({ ...needs, trust, limiter: logIns });
  const routes = [...orderRoutes(needs), ...operatorRoutes(needs)];
  let isDraining = false;

  app.use(HELMET);
  serveSnippet(app, needs.snippet);
  serveHealth(app, needs, () => isDraining);
  serveMetrics(app, needs.metrics);
  const live = serveLive(app, needs, gate);
  mount(app, routes, { gate, shop: (shop) => needs.directory.shop(shop) });
  endWithProblems(app, log);

  const takeBeacon = beacon({ recordClick, limiter: beacons, trust, log });
  return {
    handle(req, res) {
      if (isBeacon(req.url)) takeBeacon(req, res);
      else app(req, res);
    },
    routes,
    drain() {
      isDraining = true;
      live.end();
      limiters.forEach((limiter) => limiter?.close());
    },
  };
}

/** Whoever ends TLS decides on HSTS: sent through a first-party proxy, ours would bind the shop's own domain. */
const HELMET = helmet({ strictTransportSecurity: false });

function endWithProblems(app: Express, log: Log): void {
  app.use((req) => {
    throw new Rejected('not-found', `there is nothing at ${req.path.slice(0, 200)}`);
  });
  // eslint-disable-next-line @typescript-eslint/max-params -- Express knows an error handler by its four
  const answer: ErrorRequestHandler = (error: unknown, req, res, _next) => {
    if (problemOf(error).status === 500) {
      log.error('request.failed', { method: req.method, route: routeOf(req), error: stackOf(error) });
    }
    sendProblem(res, error);
  };
  app.use(answer);
}

/** As it was registered: addresses hold ids of people. */
function routeOf({ route }: { route?: { path?: unknown } }): unknown {
  return route?.path ?? null;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
