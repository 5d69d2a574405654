// The same switches as the programmatic ones, for a test in another process. JSON only, so that no web page can reach it
// by a form.
import express, { Router } from 'express';
import type { ConversionBook } from './conversion-book.ts';
import type { FaultPlan } from './fault-plan.ts';
import { readFault } from './read-fault.ts';
import type { RequestLog } from './request-log.ts';

export interface ControlParts {
  readonly book: ConversionBook;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
}

export function controlRoutes({ book, faults, requests }: ControlParts): Router {
  const router = Router();
  router.use(express.json());
  router.get('/faults', (_req, res) => void res.json({ faults: faults.waiting(), latency: faults.latency }));
  router.post('/faults', (req, res) => {
    const fault = readFault(req.body);
    if (typeof fault === 'string') {
      res.status(400).json({ error: fault });
      return;
    }
    faults.fail(fault);
    res.status(201).json({ faults: faults.waiting() });
  });
  router.delete('/faults', (_req, res) => {
    faults.heal();
    res.status(204).end();
  });
  router.post('/latency', (req, res) => {
    const ms: unknown = (req.body as { ms?: unknown } | undefined)?.ms;
    if (typeof ms !== 'number' || !(ms >= 0)) {
      res.status(400).json({ error: 'ms must be a number, not below 0' });
      return;
    }
    faults.latency = ms;
    res.json({ latency: ms });
  });
  router.get('/conversions', (_req, res) => void res.json(book.conversions().map(({ row }) => row)));
  router.get('/requests', (_req, res) => void res.json(requests.requests));
  return router;
}
