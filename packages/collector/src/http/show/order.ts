/** An order as it stands, as the API shows it. */
import { formatMoney } from '../../core/money.ts';
import type { Order } from '../../core/order.ts';
import { isoOf } from './iso-of.ts';

export function showOrder(order: Order) {
  const { verdict } = order;
  return {
    order_id: order.orderId,
    status: order.status,
    amount: formatMoney(order.amount, order.currency),
    refunded_amount: formatMoney(order.refunded, order.currency),
    currency: order.currency,
    kind: order.kind,
    test: order.test,
    placed_at: isoOf(order.placedAt),
    /** Where that moment is from: the shop's `placed_at` or `occurred_at`, or our receipt. */
    placed_by: order.placedBy,
    changed_at: isoOf(order.changedAt),
    created_at: isoOf(order.createdAt),
    customer_id: order.customerId,
    subscription_id: order.subscriptionId,
    click_id: verdict.clickId,
    via: verdict.via,
    no_click_reason: verdict.reason,
    reported: order.reported,
  };
}
