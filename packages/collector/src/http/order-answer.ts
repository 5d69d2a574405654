/** What a shop hears about an order it told us of (docs/orders.md). */
import { formatMoney } from '../core/money.ts';
import type { Order, OrderNews } from '../core/order.ts';
import type { ReceiveOrder, StoredOrder } from '../flows/receive-order.ts';

type Received = Awaited<ReturnType<ReceiveOrder>>;

export function orderAnswer(received: Received, news: OrderNews, { dryRun }: { dryRun: boolean }) {
  if (received.outcome === 'erased') {
    return {
      order: orderOf(news),
      attribution: { click_id: null, reason: 'erased' },
      postback: { state: 'skipped', reason: 'erased' },
    };
  }
  const { order } = received;
  return { order: orderOf(order), attribution: attributionOf(order), postback: postbackOf(received, dryRun) };
}

/** Which click an order has and how it was found, or why it has none. */
export function attributionOf({ verdict }: Order) {
  return verdict.clickId === null
    ? { click_id: null, reason: verdict.reason }
    : { click_id: verdict.clickId, via: verdict.via };
}

/** The order in short. */
export function orderOf({
  orderId,
  status,
  amount,
  currency,
}: Pick<Order, 'orderId' | 'status' | 'amount' | 'currency'>) {
  return { order_id: orderId, status, amount: formatMoney(amount, currency), currency };
}

/** A click and nothing to tell: the operator gave this kind of news no status. What a dry run planned has no id. */
function postbackOf({ order, postback }: StoredOrder, dryRun: boolean) {
  if (postback === null) {
    return order.verdict.clickId === null ? null : { state: 'skipped', reason: 'status-not-reported' };
  }
  const { id, state, reason } = postback;
  return { ...(dryRun ? {} : { id }), state, ...(state === 'skipped' ? { reason } : {}) };
}
