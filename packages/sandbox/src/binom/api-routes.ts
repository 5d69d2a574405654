// The part of Binom's API v2 that reconciliation reads (https://docs.binom.org/api-v2.php).
import { Router, type RequestHandler } from 'express';
import { apiRow } from './api-row.ts';
import type { ConversionBook } from './conversion-book.ts';
import { datePreset } from './date-preset.ts';
import type { FaultPlan } from './fault-plan.ts';
import { misbehave } from './misbehave.ts';

export interface ApiParts {
  readonly book: ConversionBook;
  readonly faults: FaultPlan;
  readonly apiKey: string;
}

export function apiRoutes({ book, faults, apiKey }: ApiParts): Router {
  const router = Router();
  router.use(troubled(faults), guarded(apiKey));
  router.get('/conversions', listConversions(book));
  router.get('/conversion/:clickId', (req, res) => {
    const found = book.conversion(req.params.clickId);
    if (found === undefined) res.status(404).json({ error: 'Conversion not found' });
    else res.json(apiRow(found));
  });
  router.get('/click/info/:clickId', (req, res) => {
    const click = book.click(req.params.clickId);
    if (click === undefined) res.status(404).json({ error: 'Click not found' });
    else {
      const clicked_at = new Date(click.clickedAt).toISOString();
      res.json({ id: click.clickId, clicked_at, campaign: click.campaign });
    }
  });
  return router;
}

function troubled(faults: FaultPlan): RequestHandler {
  return async (_req, res, next) => {
    await faults.pause();
    const fault = faults.next('api');
    if (fault === undefined) next();
    else await misbehave(fault, res);
  };
}

function guarded(apiKey: string): RequestHandler {
  return (req, res, next) => {
    if (req.get('api-key') === apiKey) next();
    else res.status(401).json({ error: 'Unauthorized' });
  };
}

function listConversions(book: ConversionBook): RequestHandler {
  return (req, res) => {
    const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
    const period = datePreset(query.get('datePreset') ?? '', Date.now());
    const limit = count(query.get('limit') ?? '100');
    const offset = count(query.get('offset') ?? '0');
    if (period === undefined || limit === undefined || offset === undefined) {
      res
        .status(400)
        .json({ error: `Unreadable ${period === undefined ? 'datePreset' : 'limit or offset'}` });
      return;
    }
    const rows = book
      .conversions()
      .filter(({ convertedAt }) => convertedAt >= period.from && convertedAt < period.until);
    if (query.get('sortType') !== 'asc') rows.reverse();
    res.json({ rows: rows.slice(offset, offset + limit).map(apiRow) });
  };
}

function count(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
