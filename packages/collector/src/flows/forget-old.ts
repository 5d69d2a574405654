/** Retention: what is not kept cannot be lost or asked for. Clicks that no order needs go; old orders leave only their sums. */
import type { Clock, Ledger, Log } from '../core/ports.ts';
import type { Directory } from './directory.ts';

export interface ForgetOldNeeds {
  readonly ledger: Pick<Ledger, 'forgetClicks' | 'forgetOrders'>;
  readonly directory: Pick<Directory, 'shops'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly clickDays: number;
  /** Null keeps orders until they are erased. */
  readonly orderDays: number | null;
}

const DAY = 86_400_000;
/** Rows a verb: an order that arrives meanwhile waits for no more than these. */
const CLICKS_AT_ONCE = 500;
/** An order has news, keys, postbacks and attempts that go with it. */
const ORDERS_AT_ONCE = 50;

export async function forgetOld(needs: ForgetOldNeeds): Promise<void> {
  await forgetClicks(needs);
  if (needs.orderDays !== null) await forgetOrders(needs, needs.orderDays);
}

/** Never forgets a click that a shop's attribution window still reaches. */
async function forgetClicks({ ledger, directory, clock, log, clickDays }: ForgetOldNeeds): Promise<void> {
  const days = Math.max(clickDays, ...directory.shops().map(({ settings }) => settings.windowDays));
  const before = clock.now() - days * DAY;
  const clicks = await untilFewer(CLICKS_AT_ONCE, (limit) => ledger.forgetClicks(before, limit));
  if (clicks > 0) log.info('clicks.forgotten', { clicks, olderThanDays: days });
}

async function forgetOrders({ ledger, clock, log }: ForgetOldNeeds, days: number): Promise<void> {
  const now = clock.now();
  const before = now - days * DAY;
  const orders = await untilFewer(ORDERS_AT_ONCE, (limit) => ledger.forgetOrders({ before, limit, now }));
  if (orders > 0) log.info('orders.forgotten', { orders, olderThanDays: days });
}

async function untilFewer(atOnce: number, forget: (limit: number) => Promise<number>): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const some = await forget(atOnce);
    forgotten += some;
    if (some < atOnce) return forgotten;
  }
}
