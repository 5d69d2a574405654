/** What "send it again", said by a person, makes of a postback. */
import { type Account, phaseOf, type PlanTerms } from './account.ts';
import { plan } from './conversion.ts';
import type { Notice } from './notice.ts';
import type { Order } from './order.ts';
import type { Postback, Report } from './postback.ts';
import { reportOf } from './report.ts';

export type Replay =
  | {
      readonly outcome: 'due';
      /** The row that goes out: the one asked for, or the one that speaks for its whole click. */
      readonly row: Postback;
      /** What it would tell if it left now. */
      readonly report: Report;
      /** Every row to write, `row` among them. */
      readonly postbacks: readonly Postback[];
      readonly notices: readonly Notice[];
    }
  | { readonly outcome: 'no-tracker' | 'in-flight' | 'nothing-to-tell' };

const NOTHING: Replay = { outcome: 'nothing-to-tell' };

/**
 * Sends a postback again, or now if it waits. It counts as never tried: whether an earlier attempt counted is what the
 * person decided. Nothing goes out for news that is no longer so, or that another postback tells already.
 */
export function replayOf(account: Account, row: Postback, terms: PlanTerms): Replay {
  if (account.settings === null) return { outcome: 'no-tracker' };
  if (row.state === 'sending') return { outcome: 'in-flight' };
  if (isTakenBack(row)) return NOTHING;
  const order = account.orders.find((each) => each.orderId === row.orderId);
  if (row.orderId !== null && !stands(account, order, row)) return NOTHING;
  if (account.repeats === 'replaces') return replayTotal(account, row, terms);
  return order === undefined ? NOTHING : replayOrder(account, row, { order, now: terms.now });
}

function isTakenBack({ reason }: Postback): boolean {
  return reason === 'superseded' || reason === 'erased' || (reason ?? '').endsWith('-before-sending');
}

function stands({ testOrders }: Account, order: Order | undefined, row: Postback): boolean {
  if (order === undefined || phaseOf(order) !== row.purpose) return false;
  return !order.test || testOrders === 'send';
}

function replayOrder(account: Account, row: Postback, { order, now }: { order: Order; now: number }): Replay {
  const again = dueNow(row, now);
  const report = reportOf(account, again);
  if (report === null) return NOTHING;
  const isNothingNew = row.purpose === 'paid' && report.amount === 0n && order.amount > 0n;
  if (isNothingNew || isToldAnew(account, row)) return NOTHING;
  return { outcome: 'due', row: again, report, postbacks: [again], notices: [] };
}

/** Whether a later postback tells the same of this order, or has told it; where payouts add up, its amount says so. */
function isToldAnew({ postbacks, repeats }: Account, row: Postback): boolean {
  if (repeats === 'adds') return false;
  const later = postbacks.slice(postbacks.findIndex((each) => each.id === row.id) + 1);
  const states = new Set(['due', 'sending', 'accepted']);
  return later.some(
    (each) => each.orderId === row.orderId && each.purpose === row.purpose && states.has(each.state),
  );
}

/** Where payouts replace each other only the click's running total goes out; the row of one order gives way to it. */
function replayTotal(account: Account, row: Postback, terms: PlanTerms): Replay {
  const others = account.postbacks.filter((each) => each.id !== row.id || each.orderId === null);
  const planned = plan({ ...account, postbacks: others }, terms);
  const isTotal = (each: Postback) => each.orderId === null;
  const total = planned.postbacks.find(isTotal) ?? others.find(isTotal);
  if (total === undefined) return NOTHING;
  if (total.state === 'sending') return { outcome: 'in-flight' };
  const again = dueNow(total, terms.now);
  const report = reportOf(account, again);
  if (report === null || !speaksFor(report, row)) return NOTHING;
  const rest = planned.postbacks.filter((each) => !isTotal(each));
  const postbacks = [...rest, ...givenWay(row, terms.now), again];
  return { outcome: 'due', row: again, report, postbacks, notices: planned.notices };
}

function speaksFor(report: Report, row: Postback): boolean {
  return row.orderId === null || row.purpose !== 'paid' || report.orderIds.includes(row.orderId);
}

/** What was accepted stays in the books; all else is told by the total from now on. */
function givenWay(row: Postback, now: number): Postback[] {
  if (row.orderId === null || row.state === 'accepted') return [];
  const state = row.state === 'uncertain' ? 'abandoned' : row.state === 'due' ? 'skipped' : row.state;
  return [{ ...row, state, reason: 'superseded', updatedAt: now }];
}

/** Nobody has said of a row that waits by itself whether its last attempt counted, nor of a total, which may go twice. */
function dueNow(row: Postback, now: number): Postback {
  return {
    ...row,
    state: 'due',
    reason: null,
    wanted: row.orderId === null ? Math.max(row.wanted, row.sent + 1) : row.wanted,
    attempts: 0,
    mayHaveCounted: row.mayHaveCounted && (row.state === 'due' || row.orderId === null),
    dueAt: now,
    notBefore: 0,
    updatedAt: now,
  };
}
