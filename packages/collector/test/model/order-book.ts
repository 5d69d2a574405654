// What the shop's orders are, by the contract alone (§4): written without a look at core, and as plainly as can be.
import type { OrderNews, OrderStatus } from '../../src/core/order.ts';

/** What an order is now. */
export interface Known {
  readonly status: OrderStatus;
  readonly amount: bigint;
  readonly refunded: bigint;
  readonly everPaid: boolean;
  readonly changedAt: number;
}

/** What a payout may stand for: money, or one of the ways an order can be without it. */
export type Phase = 'paid' | 'pending' | 'refunded' | 'cancelled' | 'disputed';

export class OrderBook {
  readonly #heard = new Map<string, OrderNews[]>();

  hear(news: OrderNews): void {
    this.#heard.set(news.orderId, [...this.heard(news.orderId), news]);
  }

  heard(orderId: string): readonly OrderNews[] {
    return this.#heard.get(orderId) ?? [];
  }

  /** Whether this moment is free in the order's own time: two pieces of news of one moment are another test's matter. */
  isFree(orderId: string, at: number): boolean {
    return this.heard(orderId).every((news) => timeOf(news) !== at);
  }

  /** Null before the first news. */
  known(orderId: string): Known | null {
    let known: Known | null = null;
    for (const news of [...this.heard(orderId)].sort((a, b) => timeOf(a) - timeOf(b))) {
      known = next(known, news);
    }
    return known;
  }
}

function next(known: Known | null, news: OrderNews): Known {
  const everPaid = known?.everPaid === true || news.status === 'paid' || news.status === 'partially_refunded';
  if (known !== null && news.occurredAt === null && isStep(known.status, news.status) === 'back') {
    return { ...known, everPaid };
  }
  let refunded = known?.refunded ?? 0n;
  if (news.status === 'refunded') refunded = news.amount;
  if (news.status === 'paid' && known?.status === 'refunded') refunded = 0n;
  if (news.refunded !== null) refunded = news.refunded;
  return { status: news.status, amount: news.amount, refunded, everPaid, changedAt: timeOf(news) };
}

/** `paid` never undoes a refund and `pending` never undoes a payment where the shop does not say when. */
function isStep(from: OrderStatus, to: OrderStatus): 'back' | 'fair' {
  const wasRefunded = from === 'refunded' || from === 'partially_refunded';
  if (to === 'paid' && wasRefunded) return 'back';
  return to === 'pending' && (wasRefunded || from === 'paid') ? 'back' : 'fair';
}

function timeOf(news: OrderNews): number {
  return news.occurredAt ?? news.receivedAt;
}

/** What the shop keeps of a paid order. */
export function keptOf({ amount, refunded }: Known): bigint {
  return refunded >= amount ? 0n : amount - refunded;
}

export function phaseOf(known: Known): Phase {
  if (known.status !== 'partially_refunded') return known.status;
  return keptOf(known) === 0n ? 'refunded' : 'paid';
}
