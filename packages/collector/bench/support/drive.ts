// As many requests as the server takes: each connection sends the next one as soon as it is answered.
import { Connection } from './connection.ts';
import type { NextRequest } from './requests.ts';

export interface DriveAsk {
  readonly port: number;
  readonly connections: number;
  readonly ms: number;
  readonly next: NextRequest;
}

export interface Driven {
  readonly acknowledged: number;
  readonly perSecond: number;
}

/** Throws when one answer is not 204. */
export async function drive(ask: DriveAsk): Promise<Driven> {
  const startedAt = performance.now();
  const until = startedAt + ask.ms;
  const lines = Array.from({ length: ask.connections }, (_, slot) => keepAsking(ask, slot, until));
  const counts = await Promise.all(lines);
  const acknowledged = counts.reduce((sum, count) => sum + count, 0);
  return { acknowledged, perSecond: (acknowledged * 1000) / (performance.now() - startedAt) };
}

function keepAsking({ port, next }: DriveAsk, slot: number, until: number): Promise<number> {
  const connection = new Connection(port);
  return new Promise((resolve, reject) => {
    let acknowledged = 0;
    const finish = (failure: string | null) => {
      connection.close();
      if (failure === null) resolve(acknowledged);
      else reject(new Error(failure));
    };
    const ask = () =>
      connection.ask(next(slot), ({ status, body }) => {
        if (status !== 204) return finish(`a beacon was answered ${status}: ${body.slice(0, 300)}`);
        acknowledged += 1;
        if (performance.now() >= until) finish(null);
        else ask();
      });
    ask();
  });
}
