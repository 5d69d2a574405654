// Binom's public side: campaign links that mint a click, and the postback address (v1 `/click.php`, v2 `/click`). What a
// live Binom answers is documented nowhere (docs/binom.md), so only the status should be relied upon.
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { ConversionBook } from './conversion-book.ts';
import { countsAnyway } from './fault.ts';
import type { FaultPlan } from './fault-plan.ts';
import { misbehave } from './misbehave.ts';
import { readPostback } from './read-postback.ts';
import type { RequestLog } from './request-log.ts';

export interface ClickParts {
  readonly book: ConversionBook;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  /** Where campaign links lead; undefined until a lander is known. */
  readonly lander: () => string | undefined;
  readonly unknownClickStatus: number;
  readonly log: (line: string) => void;
}

export function clickRoutes(parts: ClickParts): Router {
  const router = Router();
  const click: RequestHandler = async (req, res) => {
    const query = queryOf(req);
    const key = query.get('key');
    if (query.has('cnv_id')) await takePostback(parts, query, res);
    else if (key === null) res.status(404).type('text').send('Neither cnv_id nor key');
    else followCampaign(parts, key, res);
  };
  router.get(['/click.php', '/click'], click);
  router.get('/c/:campaign', (req, res) => followCampaign(parts, req.params.campaign, res));
  return router;
}

function queryOf(req: Request): URLSearchParams {
  return new URL(req.originalUrl, 'http://sandbox').searchParams;
}

function followCampaign({ book, lander, log }: ClickParts, campaign: string, res: Response): void {
  const target = lander();
  if (target === undefined) {
    res.status(404).type('text').send('This campaign has no lander yet');
    return;
  }
  const clickId = book.mint(campaign);
  const url = new URL(target);
  url.searchParams.set('clickid', clickId);
  log(`click ${clickId} from campaign ${JSON.stringify(campaign)} goes to ${url.origin}${url.pathname}`);
  res.set('Cache-Control', 'no-store').redirect(302, url.href);
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly counted: boolean;
}

async function takePostback(parts: ClickParts, query: URLSearchParams, res: Response): Promise<void> {
  const { faults, requests } = parts;
  const fault = faults.next('postbacks');
  const answer = fault === undefined || countsAnyway(fault) ? count(parts, query) : undefined;
  if (answer?.counted === true) requests.markCounted(res.req);
  await faults.pause();
  if (fault !== undefined) await misbehave(fault, res);
  else if (answer !== undefined) res.status(answer.status).type('text').send(answer.body);
}

function count({ book, log, unknownClickStatus }: ClickParts, query: URLSearchParams): Answer {
  const read = readPostback(query);
  if ('problem' in read) return { status: 200, body: `Error: ${read.problem}`, counted: false };
  const row = book.take(read.postback);
  if (row === undefined)
    return { status: unknownClickStatus, body: 'Error: click not found', counted: false };
  const sent = `${read.postback.payout ?? 'no payout'} ${row.currency ?? ''}`.trimEnd();
  log(`postback for click ${row.clickId}: ${sent}; the conversion is worth ${row.payout} now`);
  return { status: 200, body: 'OK', counted: true };
}
