/** How often one client may do something. Counted in memory: behind several collectors each counts for itself. */
import { ipKeyGenerator, MemoryStore } from 'express-rate-limit';
import type { ServerResponse } from 'node:http';
import { Rejected } from '../core/errors.ts';

export interface RateLimit {
  readonly most: number;
  readonly withinMs: number;
}

export interface Limiter {
  /** Counts one more and refuses it when it is one too many. */
  count(address: string, res: ServerResponse): Promise<void>;
  /** Refuses a client that has used up all it may; counts nothing. */
  refuseSpent(address: string, res: ServerResponse): Promise<void>;
  close(): void;
}

/** An IPv6 client owns a whole /64, so that is what is counted. */
const IPV6_PREFIX = 64;

export function createLimiter({ most, withinMs }: RateLimit): Limiter {
  const store = new MemoryStore();
  store.init({ windowMs: withinMs } as Parameters<typeof store.init>[0]);
  const refuse = (resetTime: Date | undefined, res: ServerResponse): never => {
    const wait = Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1000);
    res.setHeader('Retry-After', Math.max(wait, 1));
    throw new Rejected('too-many', `at most ${most} in ${withinMs / 1000} s from one address`);
  };
  return {
    async count(address, res) {
      const { totalHits, resetTime } = await store.increment(keyOf(address));
      if (totalHits > most) refuse(resetTime, res);
    },
    async refuseSpent(address, res) {
      const spent = await store.get(keyOf(address));
      if (spent !== undefined && spent.totalHits >= most) refuse(spent.resetTime, res);
    },
    close: () => store.shutdown(),
  };
}

/** An IPv4 address is its own key, also in the form a dual-stack socket gives it; only IPv6 needs to be parsed. */
function keyOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/, '');
  return plain.includes(':') ? ipKeyGenerator(plain, IPV6_PREFIX) : plain;
}
