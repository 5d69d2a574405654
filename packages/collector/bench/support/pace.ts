// Load at a steady pace, whatever the answers do. Latency counts from the moment a request was to be sent, so that a
// server that stalls is charged for everything that waited meanwhile ("coordinated omission").
import { setTimeout as wait } from 'node:timers/promises';

export interface PaceAsk {
  readonly perSecond: number;
  readonly ms: number;
  /** Sends number `index`, which was to be sent at `plannedAt` (`performance.now()`). */
  readonly send: (index: number, plannedAt: number) => Promise<void>;
}

/** Resolves when everything sent is done. */
export async function pace({ perSecond, ms, send }: PaceAsk): Promise<void> {
  const startedAt = performance.now();
  const count = Math.round((perSecond * ms) / 1000);
  const sending: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const plannedAt = startedAt + (index * 1000) / perSecond;
    const early = plannedAt - performance.now();
    if (early > 0) await wait(early);
    sending.push(send(index, plannedAt));
  }
  await Promise.all(sending);
}
