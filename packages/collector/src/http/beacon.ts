/**
 * POST /b: the snippet's message. The busiest road by far, so it is answered on Node's own request and response, before
 * Express and without a middleware: it does by hand the little it needs of both.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BEACON_MAX_BYTES, type Beacon } from '@clickback/protocol';
import { Rejected } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { RecordClick } from '../flows/record-click.ts';
import { clickCookie } from './click-cookie.ts';
import { addressOf, type Trust } from './client.ts';
import { problemOf, sendProblem } from './problem.ts';
import type { Limiter } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import { parse, refuseOtherTypes } from './read-json.ts';

export interface BeaconNeeds {
  readonly recordClick: RecordClick;
  readonly limiter: Limiter | null;
  readonly trust: Trust;
  readonly log: Log;
}

export type RawHandler = (req: IncomingMessage, res: ServerResponse) => void;

export function beacon(needs: BeaconNeeds): RawHandler {
  return (req, res) => {
    allowOrigin(req, res);
    if (req.method === 'POST') void take(needs, req, res);
    else if (req.method === 'OPTIONS') preflight(res);
    else refuseMethod(req, res);
  };
}

/** Whether an address is the beacon's. */
export function isBeacon(url: string | undefined): boolean {
  return url === '/b' || (url?.startsWith('/b?') ?? false);
}

async function take(needs: BeaconNeeds, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { recordClick, limiter, trust, log } = needs;
  try {
    if (limiter !== null) await limiter.count(addressOf(req, trust), res);
    refuseOtherTypes(req, TYPES);
    const body = parse(await readBody(req, BEACON_MAX_BYTES));
    const taken = await recordClick(body, req.headers.origin ?? null);
    setCookie(taken, { req, res, trust });
    res.statusCode = 204;
    res.end();
  } catch (error) {
    answerError(error, res, log);
  }
}

/** `text/plain` needs no preflight, so it is what the snippet sends. */
const TYPES = ['text/plain', 'application/json'];

function allowOrigin({ headers }: IncomingMessage, res: ServerResponse): void {
  res.setHeader('Vary', 'Origin');
  if (headers.origin === undefined) return;
  res.setHeader('Access-Control-Allow-Origin', headers.origin);
  res.setHeader('Access-Control-Allow-Credentials', 'true');
}

/** Any page may ask; whether it may send is said when it does, because only the beacon names its shop. */
function preflight(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Methods', 'POST');
  res.setHeader('Access-Control-Allow-Headers', 'content-type');
  res.setHeader('Access-Control-Max-Age', '7200');
  res.statusCode = 204;
  res.end();
}

function setCookie(
  { click_id: clickId, dom }: Beacon,
  { req, res, trust }: { req: IncomingMessage; res: ServerResponse; trust: Trust },
): void {
  if (clickId === undefined || dom === undefined) return;
  const cookie = clickCookie(clickId, dom, { req, trust });
  if (cookie !== null) res.setHeader('Set-Cookie', cookie);
}

function refuseMethod({ method }: IncomingMessage, res: ServerResponse): void {
  res.setHeader('Allow', 'POST, OPTIONS');
  sendProblem(res, new Rejected('method-not-allowed', `${method ?? 'this'} is not possible here; send POST`));
}

/** A beacon that cannot be understood is 400 whatever is wrong with it: the snippet forgets it then. */
function answerError(error: unknown, res: ServerResponse, log: Log): void {
  const problem = problemOf(error);
  if (problem.status === 500)
    log.error('beacon.failed', { error: error instanceof Error ? error.stack : error });
  const isInvalid = problem.code === 'invalid';
  sendProblem(res, error, isInvalid ? { ...problem, status: 400, title: 'Bad Request' } : problem);
}
