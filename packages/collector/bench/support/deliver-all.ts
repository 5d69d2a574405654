// The product's own way out: the delivery flow, the tracker's adapter and the wire, on a ledger that owes.
import type { Happening, Ledger } from '../../src/core/ports.ts';
import { deliverPostbacks } from '../../src/flows/deliver-postbacks.ts';
import { binom } from '../../src/trackers/binom.ts';
import { createWire } from '../../src/wire.ts';
import { REAL_CLOCK } from './real-clock.ts';

const DEADLINE = 120_000;

/** How many postbacks a second were claimed, sent, accepted and settled. */
export async function deliverAll(
  ledger: Ledger,
  { port, count }: { port: number; count: number },
): Promise<number> {
  const wire = createWire({ allowHosts: [`127.0.0.1:${port}`] });
  const all = countAccepted(count);
  const startedAt = performance.now();
  const delivery = deliverPostbacks({
    ledger,
    wire,
    trackers: new Map([[binom.name, binom]]),
    clock: REAL_CLOCK,
    random: Math.random,
    policy: { schedule: [0], uncertainWait: 60_000 },
    log: { info: () => undefined, warn: console.error, error: console.error },
    happen: all.happen,
  });
  await all.accepted;
  const seconds = (performance.now() - startedAt) / 1000;
  await delivery.stop(1000);
  await wire.close();
  return count / seconds;
}

/** Rejects when one ends otherwise, or when it takes too long. */
function countAccepted(count: number) {
  let left = count;
  let happen: (happening: Happening) => void = () => undefined;
  const accepted = new Promise<unknown>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`${left} postbacks were not sent in time`)), DEADLINE);
    happen = (happening) => {
      if (happening.what !== 'attempt') return;
      if (happening.state !== 'accepted') reject(new Error(`a postback ended ${happening.state}`));
      left -= 1;
      if (left > 0) return;
      clearTimeout(deadline);
      resolve(null);
    };
  });
  return { happen, accepted };
}
