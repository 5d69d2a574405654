/** An order, and how it takes in one piece of news after another: late, twice and in the wrong order included. */
import type { FoundClickId } from './click.ts';
import type { Verdict } from './verdict.ts';

export const ORDER_STATUSES = [
  'pending',
  'paid',
  'partially_refunded',
  'disputed',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const ORDER_KINDS = ['sale', 'upsell', 'rebill'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** One piece of news about an order, as an order source read it. */
export interface OrderNews {
  readonly shop: string;
  readonly orderId: string;
  /** Who told us: `api`, or an order source's name. */
  readonly source: string;
  readonly status: OrderStatus;
  /** The price when paid, in minor units, never reduced by refunds. */
  readonly amount: bigint;
  /** Refunded so far, in minor units; null when the news does not say. */
  readonly refunded: bigint | null;
  readonly currency: string;
  readonly kind: OrderKind | null;
  /** Null when the news does not say. */
  readonly test: boolean | null;
  /** Epoch ms by the shop's clock. */
  readonly placedAt: number | null;
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  readonly found: readonly FoundClickId[];
  readonly visitorIds: readonly string[];
  readonly joinKeys: readonly string[];
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
}

export interface Order {
  readonly shop: string;
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly amount: bigint;
  readonly refunded: bigint;
  readonly currency: string;
  readonly kind: OrderKind;
  readonly test: boolean;
  /** When the customer ordered: the earliest `placed_at`, else the earliest `occurred_at`, else receipt. */
  readonly placedAt: number;
  readonly placedBy: 'placed_at' | 'occurred_at' | 'receipt';
  /** When the news that made the present state happened; by the shop's clock where it said. */
  readonly changedAt: number;
  readonly createdAt: number;
  /** Whether it was ever paid. */
  readonly everPaid: boolean;
  /** Evidence from every piece of news, the newest first. */
  readonly found: readonly FoundClickId[];
  readonly visitorIds: readonly string[];
  readonly joinKeys: readonly string[];
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  /** A click attached by an operator. */
  readonly attached: string | null;
  readonly verdict: Verdict;
  /** From the first attempt on, the verdict stands. */
  readonly frozen: boolean;
  /** Whether an accepted postback has included this order. */
  readonly reported: boolean;
}

/** What a piece of news did: made the order, changed it, changed nothing (it was older), or names another currency. */
export type Hearing =
  | { readonly effect: 'created' | 'changed' | 'older'; readonly order: Order }
  | { readonly effect: 'other-currency'; readonly order: Order };

/**
 * The order after this news. Its evidence counts in any case; its state is what all the news says, taken in the order
 * it happened: `earlier` is what was heard of the order before, in the order it came in.
 */
export function hear(known: Order | null, news: OrderNews, earlier: readonly OrderNews[]): Hearing {
  if (known === null) return { effect: 'created', order: firstHeard(news) };
  if (known.currency !== news.currency) return { effect: 'other-currency', order: known };
  const order = { ...withEvidence(known, news), ...stateAfter([...earlier, news]) };
  return { effect: isSameState(order, known) ? 'older' : 'changed', order };
}

/** Money the shop keeps of this order, in minor units: nothing before payment and after a cancellation or chargeback. */
export function netOf(order: Order): bigint {
  if (order.status !== 'paid' && order.status !== 'partially_refunded') return 0n;
  return order.amount > order.refunded ? order.amount - order.refunded : 0n;
}

function firstHeard(news: OrderNews): Order {
  const nobody = { visitorIds: [], joinKeys: [], found: [], customerId: null, subscriptionId: null };
  return withEvidence(
    {
      ...nobody,
      shop: news.shop,
      orderId: news.orderId,
      currency: news.currency,
      placedAt: news.receivedAt,
      placedBy: 'receipt',
      createdAt: news.receivedAt,
      ...stateAfter([news]),
      attached: null,
      verdict: { clickId: null, via: null, reason: 'no-click', candidates: [] },
      frozen: false,
      reported: false,
    },
    news,
  );
}

type State = Pick<Order, 'status' | 'amount' | 'refunded' | 'kind' | 'test' | 'changedAt' | 'everPaid'>;

const UNHEARD: State = {
  status: 'pending',
  amount: 0n,
  refunded: 0n,
  kind: 'sale',
  test: false,
  changedAt: 0,
  everPaid: false,
};

function stateAfter(heard: readonly OrderNews[]): State {
  return heard.toSorted(byTime).reduce((state, news) => {
    const everPaid = state.everPaid || news.status === 'paid' || news.status === 'partially_refunded';
    const cameLate = news.occurredAt === null && goesBack(state.status, news.status);
    return cameLate ? { ...state, everPaid } : { ...stateOf(news, state), everPaid };
  }, UNHEARD);
}

function stateOf(news: OrderNews, before: State): Omit<State, 'everPaid'> {
  return {
    status: news.status,
    amount: news.amount,
    refunded: news.refunded ?? refundedBy(news, before),
    kind: news.kind ?? before.kind,
    test: news.test ?? before.test,
    changedAt: timeOf(news),
  };
}

/** What was given back where the news tells no sum: all of a refunded order, and nothing of one that is paid again. */
function refundedBy({ status, amount }: OrderNews, before: State): bigint {
  if (status === 'refunded') return amount;
  return status === 'paid' && before.status === 'refunded' ? 0n : before.refunded;
}

function isSameState(one: State, other: State): boolean {
  const keys = ['status', 'amount', 'refunded', 'kind', 'test', 'changedAt'] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** By the shop's clock where it tells, else by receipt; at the same moment the later stage of an order's life wins. */
function byTime(one: OrderNews, other: OrderNews): number {
  return timeOf(one) - timeOf(other) || stage(one.status) - stage(other.status);
}

function timeOf(news: OrderNews): number {
  return news.occurredAt ?? news.receivedAt;
}

/** Without the shop's own time, `paid` never undoes a refund and `pending` never undoes a payment: it came late. */
function goesBack(from: OrderStatus, to: OrderStatus): boolean {
  const refunds = from === 'partially_refunded' || from === 'refunded';
  return (to === 'paid' && refunds) || (to === 'pending' && (from === 'paid' || refunds));
}

function stage(status: OrderStatus): number {
  return ORDER_STATUSES.indexOf(status);
}

function withEvidence(order: Order, news: OrderNews): Order {
  return {
    ...order,
    ...placedOf(order, news),
    found: merged(news.found, order.found),
    visitorIds: [...new Set([...order.visitorIds, ...news.visitorIds])],
    joinKeys: [...new Set([...order.joinKeys, ...news.joinKeys])],
    customerId: order.customerId ?? news.customerId,
    subscriptionId: order.subscriptionId ?? news.subscriptionId,
  };
}

const PLACED_RANK = { receipt: 0, occurred_at: 1, placed_at: 2 };

function placedOf(order: Order, news: OrderNews): Pick<Order, 'placedAt' | 'placedBy'> {
  const placedBy =
    news.placedAt !== null ? 'placed_at' : news.occurredAt !== null ? 'occurred_at' : 'receipt';
  const placedAt = news.placedAt ?? news.occurredAt ?? news.receivedAt;
  const better = PLACED_RANK[placedBy] - PLACED_RANK[order.placedBy];
  if (better > 0 || (better === 0 && placedAt < order.placedAt)) return { placedAt, placedBy };
  return { placedAt: order.placedAt, placedBy: order.placedBy };
}

function merged(newer: readonly FoundClickId[], older: readonly FoundClickId[]): readonly FoundClickId[] {
  const isNew = (each: FoundClickId) =>
    !newer.some((one) => one.via === each.via && one.value === each.value);
  return [...newer, ...older.filter(isNew)].slice(0, 32);
}
