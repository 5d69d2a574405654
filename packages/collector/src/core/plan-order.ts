/**
 * The plan of one order where each order is reported by itself (payouts add up, or nobody has said what they do).
 * The rows of an order tell its story so far; the last one that still stands is compared with what the order is now.
 */
import { phaseOf } from './account.ts';
import type { Draft } from './draft.ts';
import type { Order } from './order.ts';
import { isTakenBack, mayCount, type Postback, type SkipReason } from './postback.ts';

export function planOrder(draft: Draft, order: Order): void {
  dropClickRows(draft);
  const phase = phaseOf(order);
  takeBackOutdated(draft, order, phase);
  const last = lastStanding(draft, order, phase);
  noticePartialRefund(draft, order);
  if (last === undefined) return planFirst(draft, order, phase);
  if (mayDouble(draft, last)) return holdBack(draft, last);
  if (last.purpose === phase) return phase === 'paid' ? planAmount(draft, order, last) : undefined;
  if (isOpen(last)) return;
  if (phase === 'paid') return planPayment(draft, order);
  planCorrection(draft, order, phase);
}

type Phase = ReturnType<typeof phaseOf>;

/** Rows of a whole click stand only where payouts replace each other; the setting was changed before any attempt. */
function dropClickRows(draft: Draft): void {
  draft
    .rowsOf(null)
    .filter((row) => row.state === 'due')
    .forEach((row) => draft.skip({ ...row, wantedKey: '' }, 'superseded'));
}

/** What waits to tell something that is no longer so is taken back, unless a payment in it may have counted. */
function takeBackOutdated(draft: Draft, order: Order, phase: Phase): void {
  draft
    .rowsOf(order.orderId)
    .filter((row) => row.state === 'due' && row.purpose !== phase)
    .filter((row) => !row.mayHaveCounted || row.purpose !== 'paid')
    .forEach((row) => draft.skip(row, row.purpose === 'paid' ? beforeSending(phase) : 'superseded'));
}

/** The last row that means something. */
function lastStanding(draft: Draft, order: Order, phase: Phase): Postback | undefined {
  return draft.rowsOf(order.orderId).findLast((row) => !isMeaningless(row, phase));
}

/** Taken back before it left, or a correction that never arrived and is not what should be told now either. */
function isMeaningless(row: Postback, phase: Phase): boolean {
  const mayStand = row.mayHaveCounted && row.purpose !== phase;
  if (row.state === 'skipped') return isTakenBack(row) && !mayStand;
  const isLost = row.state === 'refused' || row.state === 'abandoned';
  return isLost && row.purpose !== 'paid' && row.purpose !== phase && !mayStand;
}

function beforeSending(phase: Phase): SkipReason {
  return phase === 'paid' ? 'superseded' : `${phase}-before-sending`;
}

function isOpen(row: Postback): boolean {
  return (
    row.state === 'sending' || row.state === 'due' || (row.state === 'uncertain' && row.purpose === 'paid')
  );
}

/** It was to be sent again when nobody had said that payouts add up: now that is known, it would be money twice. */
function mayDouble({ account }: Draft, row: Postback): boolean {
  const isMoney = row.purpose === 'paid' && row.reported?.isZero !== true;
  return account.repeats === 'adds' && row.state === 'due' && row.mayHaveCounted && isMoney;
}

function holdBack(draft: Draft, row: Postback): void {
  draft.write({ ...row, state: 'uncertain', updatedAt: draft.now });
  draft.notice(
    'no-answer',
    `order:${row.orderId ?? ''}`,
    'The request left and no usable answer came: look at the tracker whether it counted, then settle it or send it again.',
  );
}

function planFirst(draft: Draft, order: Order, phase: Phase): void {
  if (phase === 'paid') planPayment(draft, order);
  if (phase === 'pending' && statusOf(draft, phase) !== null) draft.add('pending', order.orderId);
}

function planPayment(draft: Draft, order: Order): void {
  const isRevived = draft.rowsOf(order.orderId).some((row) => row.purpose === 'paid' && mayCount(row));
  draft.add('paid', order.orderId);
  if (isRevived && draft.account.repeats === null) {
    draft.notice(
      'order-revived',
      `order:${order.orderId}`,
      'This order was taken back and is paid again, so its payout was sent again. State what the tracker does with a ' +
        'repeat (adds or replaces), or it may count twice.',
    );
  }
  if (draft.account.repeats === null) noticeSecondOrder(draft, order);
}

/** Nobody has said whether the tracker adds or replaces, and now it matters. */
function noticeSecondOrder(draft: Draft, order: Order): void {
  const others = draft.account.postbacks.filter(
    (row) => row.purpose === 'paid' && row.orderId !== order.orderId,
  );
  if (others.every((row) => row.state === 'skipped')) return;
  draft.notice(
    'second-order-on-click',
    `click:${order.verdict.clickId ?? ''}`,
    `Order ${order.orderId} is another paid order on one click. Does the tracker add its payout or replace the earlier ` +
      'one (Binom: is Upsell ticked on the offer)? Set "repeats" to adds or replaces.',
  );
}

function planCorrection(draft: Draft, order: Order, phase: Exclude<Phase, 'paid'>): void {
  const counted = draft.rowsOf(order.orderId).filter(mayCount);
  if (counted.length === 0) return;
  if (statusOf(draft, phase) !== null) {
    draft.add(phase, order.orderId);
    return;
  }
  if (counted.every((row) => row.purpose !== 'paid') || phase === 'pending') return;
  draft.notice(
    'correction-not-reported',
    `order:${order.orderId}`,
    `The order is ${phase}, and the tracker still shows its payout: give "${phase}" a status to report it.`,
  );
}

/** A raised amount: the difference where payouts add up; a notice where it cannot be told. */
function planAmount(draft: Draft, order: Order, last: Postback): void {
  if (last.state !== 'accepted') return;
  const { repeats, settings } = draft.account;
  if (settings?.fixedPayout != null) return;
  const reported = reportedAmount(draft, order.orderId);
  if (order.amount === reported) return;
  if (repeats === 'adds' && order.amount > reported) {
    draft.add('paid', order.orderId);
    return;
  }
  draft.notice(
    'amount-changed',
    `order:${order.orderId}`,
    'The amount changed after the tracker accepted it. Only a tracker that replaces payouts can be told of a lower sum; ' +
      'a raised sum also where "repeats" is adds.',
  );
}

/** What the tracker may take this order for: the sum of its payments where they add up, else the last one. */
function reportedAmount(draft: Draft, orderId: string): bigint {
  const amounts = draft
    .rowsOf(orderId)
    .filter((row) => row.purpose === 'paid' && mayCount(row))
    .map((row) => row.reported?.amount ?? 0n);
  return draft.account.repeats === 'adds'
    ? amounts.reduce((sum, amount) => sum + amount, 0n)
    : (amounts.at(-1) ?? 0n);
}

function noticePartialRefund(draft: Draft, order: Order): void {
  if (phaseOf(order) !== 'paid' || order.refunded === 0n) return;
  draft.notice(
    'partial-refund-not-reported',
    `order:${order.orderId}`,
    'Part of this order was refunded. Only a tracker that replaces payouts can be told: elsewhere the full amount stands.',
  );
}

function statusOf(draft: Draft, phase: Exclude<Phase, 'paid'>): string | null {
  return draft.account.settings?.statuses[phase] ?? null;
}
