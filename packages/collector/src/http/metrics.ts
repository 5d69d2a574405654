/** /metrics, for Prometheus: with a token of its own, or else for this machine only. */
import type { Express, Request } from 'express';
import { Rejected } from '../core/errors.ts';
import { bearerOf, isSecret } from './credentials.ts';
import { refuseMethod } from './refuse-method.ts';
import type { Metrics } from './needs.ts';

export function serveMetrics(app: Express, { token, render }: Metrics): void {
  const isToken = token === null ? null : isSecret(token);
  app
    .route('/metrics')
    .get(async (req, res) => {
      if (isToken === null) refuseOthers(req);
      else if (!isToken(bearerOf(req) ?? ''))
        throw new Rejected('unauthorized', 'send METRICS_TOKEN as bearer');
      const { type, text } = await render();
      res.set({ 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text);
    })
    .all(refuseMethod(['get']));
}

/** A proxy on this machine speaks for the whole internet, so what it passes on is not from this machine. */
function refuseOthers({ socket, headers }: Request): void {
  const isLocal = /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
  const isPassedOn = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some(
    (name) => name in headers,
  );
  if (isLocal && !isPassedOn) return;
  throw new Rejected(
    'unauthorized',
    'metrics are for this machine only; set METRICS_TOKEN to read them elsewhere',
  );
}
