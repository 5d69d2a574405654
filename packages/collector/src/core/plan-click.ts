/** The plan of a whole click where the tracker replaces payouts: one row that always tells the running net total. */
import { type Account, phaseOf } from './account.ts';
import type { Draft } from './draft.ts';
import { formatMoney } from './money.ts';
import { netOf, type Order } from './order.ts';
import { isTakenBack, type Postback, type SkipReason } from './postback.ts';

/** What the tracker should show for a click. */
export interface Total {
  readonly amount: bigint;
  readonly currency: string;
  readonly phase: ReturnType<typeof phaseOf>;
  /** Orders that count now. */
  readonly live: readonly Order[];
  /** The order the last news was about; one that was never paid only where none was. */
  readonly latest: Order;
  /** Orders in another currency than the click's. */
  readonly foreign: readonly Order[];
}

export function planClick(draft: Draft, orders: readonly Order[]): void {
  dropOrderRows(draft);
  const total = totalOf(orders);
  const [row] = draft.rowsOf(null);
  if (total === null) {
    if (row !== undefined) takeBack(draft, row, 'superseded');
    return;
  }
  orders.forEach((order) => {
    if (total.foreign.includes(order)) skipForeign(draft, order, total);
    else takeIn(draft, order);
  });
  if (isSilent(draft.account, total)) {
    if (row !== undefined && total.phase !== 'paid') takeBack(draft, row, `${total.phase}-before-sending`);
    noticeSilence(draft, total);
    return;
  }
  const wantedKey = keyOf(total);
  if (row === undefined) {
    if (!isAlreadyTold(draft, total)) draft.add('click', null, { wantedKey, revision: 0 });
  } else if (row.wantedKey !== wantedKey) {
    want(draft, row, wantedKey);
  }
}

/** What is to be told: the same sum of other orders is news too, for each of them must be reported once. */
function keyOf({ amount, currency, phase, live }: Total): string {
  return [formatMoney(amount, currency), currency, phase, ...live.map((order) => order.orderId)].join(' ');
}

/** The running net total of the click's orders in the currency of the first; null when none says anything yet. */
export function totalOf(orders: readonly Order[]): Total | null {
  const first = setsCurrency(orders);
  if (first === undefined) return null;
  const own = orders.filter((order) => order.currency === first.currency);
  const live = own.filter((order) => phaseOf(order) === 'paid');
  const taken = own.filter((order) => order.everPaid);
  const latest = (taken.length === 0 ? own : taken).reduce((a, b) => (b.changedAt >= a.changedAt ? b : a));
  return {
    amount: live.reduce((sum, order) => sum + netOf(order), 0n),
    currency: first.currency,
    phase: live.length > 0 ? 'paid' : phaseOf(latest),
    live,
    latest,
    foreign: orders.filter((order) => order.currency !== first.currency),
  };
}

/** A click is counted in the currency the tracker was told; before that, in the one of its first order that is paid. */
function setsCurrency(orders: readonly Order[]): Order | undefined {
  const isPaid = (order: Order) => phaseOf(order) === 'paid';
  return (
    orders.find((order) => order.reported) ??
    orders.find((order) => order.frozen && isPaid(order)) ??
    orders.find(isPaid) ??
    orders.find((order) => order.frozen && order.everPaid) ??
    orders.find((order) => order.everPaid) ??
    orders[0]
  );
}

/** Rows of single orders stand only where payouts do not replace each other. */
function dropOrderRows(draft: Draft): void {
  draft.account.postbacks
    .filter((row) => row.orderId !== null && row.state === 'due')
    .forEach((row) => draft.skip(row, 'superseded'));
}

/** Without a status there is nothing to say, and nobody is told of the end of what they never heard of. */
function isSilent(account: Account, { phase }: Total): boolean {
  if (phase === 'paid') return false;
  if ((account.settings?.statuses[phase] ?? null) === null) return true;
  return phase !== 'pending' && !isTold(account);
}

/** Whether the tracker was told anything of this click, or may have been. */
function isTold({ orders, postbacks }: Account): boolean {
  const isKnown = (row: Postback) => row.state === 'accepted' || row.sent > 0 || row.mayHaveCounted;
  return orders.some((order) => order.reported) || postbacks.some(isKnown);
}

/** Raises the wanted revision: due at once, in whatever state the row is, unless it is on its way right now. */
function want(draft: Draft, row: Postback, wantedKey: string): void {
  const wanted = { ...row, wanted: row.wanted + 1, wantedKey, updatedAt: draft.now };
  const dueAt = Math.max(draft.now, row.notBefore);
  draft.write(
    row.state === 'sending' ? wanted : { ...wanted, state: 'due', reason: null, attempts: 0, dueAt },
  );
}

/** Nothing to tell any more: what nobody can have counted is not sent at all. */
function takeBack(draft: Draft, row: Postback, reason: SkipReason): void {
  if (row.state !== 'due' || row.mayHaveCounted) return;
  const quiet = { ...row, wantedKey: '' };
  if (row.sent === 0) draft.skip(quiet, reason);
  else draft.write({ ...quiet, state: 'accepted', reason: null, updatedAt: draft.now });
}

/** One payment reported by itself, before the setting said that payouts replace each other, may already be the total. */
function isAlreadyTold(draft: Draft, total: Total): boolean {
  const [told, ...others] = draft.account.postbacks.filter(
    (row) => row.state === 'accepted' || row.state === 'sending' || row.mayHaveCounted,
  );
  if (told?.reported == null || told.state !== 'accepted' || others.length > 0) return false;
  if (told.purpose !== total.phase) return false;
  return told.reported.amount === total.amount && told.reported.orderIds.length === total.live.length;
}

/** Written down once as skipped; or, where it was told alone before, a total in another currency takes its place. */
function skipForeign(draft: Draft, order: Order, total: Total): void {
  if (phaseOf(order) !== 'paid') return;
  const rows = draft.rowsOf(order.orderId).filter((row) => !isTakenBack(row));
  if (rows.some((row) => row.reason === 'mixed-currency')) return;
  if (rows.length === 0) draft.add('paid', order.orderId, { state: 'skipped', reason: 'mixed-currency' });
  rows.filter((row) => row.state === 'skipped').forEach((row) => draft.skip(row, 'mixed-currency'));
  draft.notice(
    'mixed-currency',
    `order:${order.orderId}`,
    `The order is in ${order.currency}, its click is counted in ${total.currency}: one running total cannot hold both, so it was not sent.`,
  );
}

/** An order the total speaks for does not stand beside it as skipped. */
function takeIn(draft: Draft, order: Order): void {
  const left = draft.rowsOf(order.orderId).filter((row) => row.reason === 'mixed-currency');
  left.forEach((row) => draft.skip(row, 'superseded'));
}

function noticeSilence(draft: Draft, total: Total): void {
  if (!isTold(draft.account) || total.phase === 'paid' || total.phase === 'pending') return;
  draft.notice(
    'correction-not-reported',
    `order:${total.latest.orderId}`,
    `The click's net total fell to nothing, and the tracker still shows it: give "${total.phase}" a status to report it.`,
  );
}
