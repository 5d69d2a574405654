/** GET /v1/live: what happens, as it happens, to whoever watches (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
import type { Express, Response } from 'express';
import { Unavailable } from '../core/errors.ts';
import type { Happening } from '../core/ports.ts';
import { apiName } from '../flows/api-name.ts';
import type { Gate } from './gate.ts';
import { refuseMethod } from './refuse-method.ts';
import type { AppNeeds } from './needs.ts';
import { isoOf } from './show/iso-of.ts';

export interface Live {
  /** Ends every stream, and begins no new one. */
  end(): void;
}

const HEARTBEAT = 15_000;
/** A watcher who is further behind than this would cost memory without end. */
const MOST_BEHIND = 256 * 1024;
const MOST_WATCHERS = 100;

export function serveLive(
  app: Express,
  { clock, subscribe }: Pick<AppNeeds, 'clock' | 'subscribe'>,
  gate: Gate,
): Live {
  const watchers = new Set<Response>();
  let isOver = false;
  app
    .route('/v1/live')
    .get(async (req, res) => {
      await gate.admit('operator', { req, res, shop: null });
      if (req.method === 'HEAD') return void res.type('text/event-stream').end();
      if (isOver || watchers.size >= MOST_WATCHERS) throw new Unavailable('no more watchers now');
      const stop = watch(res, { clock, subscribe });
      watchers.add(res);
      res.on('close', () => {
        watchers.delete(res);
        stop();
      });
    })
    .all(refuseMethod(['get']));
  return {
    end() {
      isOver = true;
      watchers.forEach((res) => res.end());
    },
  };
}

function watch(res: Response, { clock, subscribe }: Pick<AppNeeds, 'clock' | 'subscribe'>): () => void {
  const write = (text: string) => {
    if (res.writableEnded || res.destroyed) return;
    res.write(text);
    if (res.writableLength > MOST_BEHIND) res.destroy();
  };
  let cancel: () => void = () => undefined;
  const beat = () => {
    write(': beat\n\n');
    cancel = clock.after(HEARTBEAT, beat);
  };
  res.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    // nginx would keep it back.
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  beat();
  const unsubscribe = subscribe((happening) => write(eventOf(happening)));
  return () => {
    cancel();
    unsubscribe();
  };
}

function eventOf({ at, ...happening }: Happening): string {
  const told = Object.entries(happening).map(([name, value]): [string, unknown] => [apiName(name), value]);
  const data = Object.fromEntries([...told, ['at', isoOf(at)]]);
  return `event: ${happening.what}\ndata: ${JSON.stringify(data)}\n\n`;
}
