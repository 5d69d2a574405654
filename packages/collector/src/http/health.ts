/** /healthz: the process answers. /readyz: it can store what it is sent. */
import type { Express } from 'express';
import { Unavailable } from '../core/errors.ts';
import type { AppNeeds } from './needs.ts';
import { refuseMethod } from './refuse-method.ts';

export function serveHealth(
  app: Express,
  { reads }: Pick<AppNeeds, 'reads'>,
  isDraining: () => boolean,
): void {
  app
    .route('/healthz')
    .get((_req, res) => void res.set('Cache-Control', 'no-store').json({ status: 'ok' }))
    .all(refuseMethod(['get']));
  app
    .route('/readyz')
    .get(async (_req, res) => {
      if (isDraining()) throw new Unavailable('the collector is being stopped');
      await reads.ready();
      res.set('Cache-Control', 'no-store').json({ status: 'ok' });
    })
    .all(refuseMethod(['get']));
}
