/** All that concerns one click at one tracker, and what an order of it stands for now. */
import type { ConnectionSettings, Repeats } from './connection.ts';
import type { Notice } from './notice.ts';
import { type Order, netOf } from './order.ts';
import type { Postback, PostbackPurpose } from './postback.ts';

/** Everything that concerns one click at one tracker. */
export interface Account {
  readonly shop: string;
  readonly tracker: string;
  readonly clickId: string;
  /** Null while the shop has no tracker connected. */
  readonly settings: ConnectionSettings | null;
  /** What the tracker does with a repeat, as it holds for this click. */
  readonly repeats: Repeats;
  readonly testOrders: 'skip' | 'send';
  /** Orders attributed to the click, in the order they were heard of. */
  readonly orders: readonly Order[];
  /** Its postbacks, in the order they were planned. */
  readonly postbacks: readonly Postback[];
}

export interface PlanTerms {
  readonly now: number;
  readonly newId: () => string;
}

/** Postbacks to write (new ones and changed ones) and notices to raise. */
export interface Plan {
  readonly postbacks: readonly Postback[];
  readonly notices: readonly Notice[];
}

/** What an order stands for now; a partial refund of everything is a refund. */
export function phaseOf(order: Order): Exclude<PostbackPurpose, 'click'> {
  if (order.status !== 'partially_refunded') return order.status;
  return netOf(order) === 0n && order.amount > 0n ? 'refunded' : 'paid';
}

/** Whether an order is left out because it is a test. One of which something has left already is followed to its end. */
export function isLeftOut({ testOrders, postbacks }: Account, order: Order): boolean {
  if (!order.test || testOrders === 'send') return false;
  const own = postbacks.filter((row) => row.orderId === order.orderId);
  return own.every((row) => row.state === 'due' || row.state === 'skipped');
}
