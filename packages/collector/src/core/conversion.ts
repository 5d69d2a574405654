/**
 * Which postbacks a click's orders are worth. Binom keeps one conversion per click id and has no order id, so the plan
 * is made per click: order by order where payouts add up (or nobody knows), as one running total where they replace.
 */
import { type Account, phaseOf, type Plan, type PlanTerms } from './account.ts';
import { Draft } from './draft.ts';
import type { Order } from './order.ts';
import { planClick } from './plan-click.ts';
import { planOrder } from './plan-order.ts';
import { isTakenBack } from './postback.ts';

/** What is missing or out of date for this click; an account that is up to date plans nothing. */
export function plan(account: Account, terms: PlanTerms): Plan {
  const draft = new Draft(account, terms);
  draft.dropStrays();
  const orders = account.orders.filter((order) => !draft.skipsTest(order));
  if (account.settings === null) {
    orders.forEach((order) => {
      planNowhere(draft, order);
    });
  } else if (account.repeats === 'replaces') {
    planClick(draft, orders);
  } else {
    orders.forEach((order) => {
      planOrder(draft, order);
    });
  }
  return draft.finished();
}

/** Paid, but no tracker is connected: written down, so that it can be sent once there is one. */
function planNowhere(draft: Draft, order: Order): void {
  const isPlanned = draft.account.postbacks
    .filter((row) => !isTakenBack(row))
    .some((row) => row.orderId === order.orderId || row.reported?.orderIds.includes(order.orderId));
  if (phaseOf(order) === 'paid' && !isPlanned) {
    draft.add('paid', order.orderId, { state: 'skipped', reason: 'no-tracker' });
  }
}
