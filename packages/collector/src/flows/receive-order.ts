/** Order: shop → order source → one ledger verb that decides and writes. */
import { Rejected } from '../core/errors.ts';
import { formatMoney } from '../core/money.ts';
import type { OrderNews } from '../core/order.ts';
import type { Happen, Ledger, OrderReceived } from '../core/ports.ts';

export interface ReceiveOrderNeeds {
  readonly ledger: Pick<Ledger, 'receiveOrder' | 'previewOrder'>;
  readonly happen: Happen;
  readonly wake: () => void;
}

export type StoredOrder = Extract<OrderReceived, { outcome: 'stored' }>;

/** What the shop hears back: the order as it stands, or that its person was erased and nothing is kept of it. */
export type ReceiveOrder = (
  news: OrderNews,
  how: { dryRun: boolean },
) => Promise<StoredOrder | { outcome: 'erased' }>;

/** A shop's clock that is further ahead than this is wrong, and news from the future would silence all that follows. */
const MOST_AHEAD = 86_400_000;

/** Takes in news about an order; resolves once it is on disk. */
export function receiveOrder({ ledger, happen, wake }: ReceiveOrderNeeds): ReceiveOrder {
  return async (news, { dryRun }) => {
    refuseFuture(news.placedAt, 'placed_at', news);
    refuseFuture(news.occurredAt, 'occurred_at', news);
    const received = dryRun ? await ledger.previewOrder(news) : await ledger.receiveOrder(news);
    if (received.outcome === 'other-currency') {
      throw new Rejected(
        'currency-changed',
        `order ${news.orderId} is known in ${received.known}; an order keeps its currency`,
        'currency',
      );
    }
    if (received.outcome === 'erased' || dryRun) return received;
    tell(happen, news, received);
    if (received.postback?.state === 'due') wake();
    return received;
  };
}

function refuseFuture(at: number | null, field: string, news: OrderNews): void {
  if (at === null || at <= news.receivedAt + MOST_AHEAD) return;
  throw new Rejected(
    'invalid',
    `${field} lies more than a day in the future; set the clock of the shop's server`,
    field,
  );
}

function tell(happen: Happen, news: OrderNews, { order, effect }: StoredOrder): void {
  happen({
    what: 'order',
    shop: order.shop,
    orderId: order.orderId,
    status: order.status,
    amount: formatMoney(order.amount, order.currency),
    currency: order.currency,
    clickId: order.verdict.clickId,
    via: order.verdict.via,
    reason: order.verdict.reason,
    effect,
    at: news.receivedAt,
  });
}
