/** Puts routes on the app: admits the caller, reads the body, answers in JSON, and says 405 to other methods. */
import type { Express, Request, Response } from 'express';
import { Rejected } from '../core/errors.ts';
import type { Gate } from './gate.ts';
import { readJson } from './read-json.ts';
import { refuseMethod } from './refuse-method.ts';
import type { Route } from './route.ts';

export interface MountNeeds {
  readonly gate: Gate;
  /** Throws where there is no such shop. */
  readonly shop: (shop: string) => unknown;
}

export function mount(app: Express, routes: readonly Route[], needs: MountNeeds): void {
  for (const [path, group] of Map.groupBy(routes, (route) => route.path)) {
    const place = app.route(path);
    group.forEach((route) => place[route.method](handler(route, needs)));
    place.all(refuseMethod(group.map(({ method }) => method)));
  }
}

function handler(route: Route, { gate, shop }: MountNeeds): (req: Request, res: Response) => Promise<void> {
  return async (req, res) => {
    const params = paramsOf(req);
    const actor = await gate.admit(route.who, { req, res, shop: params['shop'] ?? null });
    if (params['shop'] !== undefined) shop(params['shop']);
    const body = await bodyOf(req, route.method);
    const answer = await route.answer({ params, query: req.query, body, actor });
    res.status(answer.status ?? (answer.body === undefined ? 204 : 200)).set('Cache-Control', 'no-store');
    if (answer.body === undefined) res.end();
    else res.json(answer.body);
  };
}

/** No id of ours holds such a character, and not every ledger can be asked for one. */
function paramsOf(req: Request): Record<string, string> {
  const params = req.params as Record<string, string>;
  const isOdd = Object.values(params).some((value) => value.length > 256 || /\p{Cc}/u.test(value));
  if (isOdd) throw new Rejected('not-found', 'nothing has such an id');
  return params;
}

const JSON_BODY = { types: ['application/json'], bytes: 65_536 };

/** A call that says everything in its address may come without a body. */
async function bodyOf(req: Request, method: Route['method']): Promise<unknown> {
  if (method === 'get' || method === 'delete') return undefined;
  const isEmpty =
    req.headers['transfer-encoding'] === undefined && !Number(req.headers['content-length'] ?? 0);
  return isEmpty ? {} : readJson(req, JSON_BODY);
}
