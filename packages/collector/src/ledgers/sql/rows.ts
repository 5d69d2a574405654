/** How orders, postbacks and attempts stand in their tables. */
import type { Candidate, NoClickReason, Verdict } from '../../core/verdict.ts';
import type { Click, FoundClickId } from '../../core/click.ts';
import type { Order } from '../../core/order.ts';
import type { Postback, Report } from '../../core/postback.ts';
import type { Attempt } from '../../core/stories.ts';
import type { Row, SqlValue, Table } from './sql.ts';

export const ORDERS: Table = {
  name: 'orders',
  keys: ['shop', 'order_id'],
  columns: [
    ...['status', 'amount', 'refunded', 'currency', 'kind', 'test', 'placed_at', 'placed_by', 'changed_at'],
    ...['created_at', 'ever_paid', 'found', 'visitor_ids', 'join_keys', 'customer_id', 'subscription_id'],
    ...['attached', 'click_id', 'via', 'no_click_reason', 'candidates', 'frozen', 'reported'],
  ],
};

export const POSTBACKS: Table = {
  name: 'postbacks',
  keys: ['shop', 'id'],
  columns: [
    ...['tracker', 'click_id', 'order_id', 'purpose', 'revision', 'state', 'reason', 'wanted', 'sent'],
    ...[
      'wanted_key',
      'attempts',
      'may_have_counted',
      'report',
      'due_at',
      'not_before',
      'token',
      'lease_until',
    ],
    ...['created_at', 'updated_at'],
  ],
};

/** What changes in the life of an order's postback. Its click is among the keys: an erased one has another. */
export const POSTBACK_PROGRESS: Table = {
  name: 'postbacks',
  keys: ['shop', 'id', 'click_id'],
  columns: [
    ...['state', 'reason', 'wanted', 'sent', 'wanted_key', 'attempts', 'may_have_counted', 'report'],
    ...['due_at', 'not_before', 'token', 'lease_until', 'updated_at'],
  ],
};

export function orderRow(order: Order): Row {
  return {
    shop: order.shop,
    order_id: order.orderId,
    status: order.status,
    amount: order.amount,
    refunded: order.refunded,
    currency: order.currency,
    kind: order.kind,
    test: flag(order.test),
    placed_at: order.placedAt,
    placed_by: order.placedBy,
    changed_at: order.changedAt,
    created_at: order.createdAt,
    ever_paid: flag(order.everPaid),
    found: JSON.stringify(order.found),
    visitor_ids: JSON.stringify(order.visitorIds),
    join_keys: JSON.stringify(order.joinKeys),
    customer_id: order.customerId,
    subscription_id: order.subscriptionId,
    attached: order.attached,
    click_id: order.verdict.clickId,
    via: order.verdict.via,
    no_click_reason: order.verdict.reason,
    candidates: JSON.stringify(order.verdict.candidates),
    frozen: flag(order.frozen),
    reported: flag(order.reported),
  };
}

export function orderOf(row: Row): Order {
  return {
    shop: text(row['shop']),
    orderId: text(row['order_id']),
    status: text(row['status']) as Order['status'],
    amount: minor(row['amount']),
    refunded: minor(row['refunded']),
    currency: text(row['currency']),
    kind: text(row['kind']) as Order['kind'],
    test: yes(row['test']),
    placedAt: number(row['placed_at']),
    placedBy: text(row['placed_by']) as Order['placedBy'],
    changedAt: number(row['changed_at']),
    createdAt: number(row['created_at']),
    everPaid: yes(row['ever_paid']),
    found: json(row['found']) as FoundClickId[],
    visitorIds: json(row['visitor_ids']) as string[],
    joinKeys: json(row['join_keys']) as string[],
    customerId: textOrNull(row['customer_id']),
    subscriptionId: textOrNull(row['subscription_id']),
    attached: textOrNull(row['attached']),
    verdict: verdictOf(row),
    frozen: yes(row['frozen']),
    reported: yes(row['reported']),
  };
}

function verdictOf(row: Row): Verdict {
  const candidates = json(row['candidates']) as Candidate[];
  const clickId = textOrNull(row['click_id']);
  if (clickId !== null) return { clickId, via: text(row['via']), reason: null, candidates };
  return { clickId, via: null, reason: text(row['no_click_reason']) as NoClickReason, candidates };
}

export function postbackRow(postback: Postback): Row {
  return {
    shop: postback.shop,
    id: postback.id,
    tracker: postback.tracker,
    click_id: postback.clickId,
    order_id: postback.orderId,
    purpose: postback.purpose,
    revision: postback.revision,
    state: postback.state,
    reason: postback.reason,
    wanted: postback.wanted,
    sent: postback.sent,
    wanted_key: postback.wantedKey,
    attempts: postback.attempts,
    may_have_counted: flag(postback.mayHaveCounted),
    report: postback.reported === null ? null : reportText(postback.reported),
    due_at: postback.dueAt,
    not_before: postback.notBefore,
    token: postback.token,
    lease_until: postback.leaseUntil,
    created_at: postback.createdAt,
    updated_at: postback.updatedAt,
  };
}

export function postbackOf(row: Row): Postback {
  const report = textOrNull(row['report']);
  return {
    id: text(row['id']),
    shop: text(row['shop']),
    tracker: text(row['tracker']),
    clickId: text(row['click_id']),
    orderId: textOrNull(row['order_id']),
    purpose: text(row['purpose']) as Postback['purpose'],
    revision: number(row['revision']),
    state: text(row['state']) as Postback['state'],
    reason: textOrNull(row['reason']),
    wanted: number(row['wanted']),
    sent: number(row['sent']),
    wantedKey: text(row['wanted_key']),
    attempts: number(row['attempts']),
    mayHaveCounted: yes(row['may_have_counted']),
    reported: report === null ? null : reportOfText(report),
    dueAt: number(row['due_at']),
    notBefore: number(row['not_before']),
    token: textOrNull(row['token']),
    leaseUntil: numberOrNull(row['lease_until']),
    createdAt: number(row['created_at']),
    updatedAt: number(row['updated_at']),
  };
}

export function attemptOf(row: Row): Attempt {
  return {
    postbackId: text(row['postback_id']),
    attempt: number(row['attempt']),
    startedAt: number(row['started_at']),
    report: reportOfText(text(row['report'])),
    outcome: text(row['outcome']) as Attempt['outcome'],
    reason: textOrNull(row['reason']),
    warning: textOrNull(row['warning']),
    url: textOrNull(row['url']),
    status: numberOrNull(row['status']),
    body: textOrNull(row['body']),
    ms: numberOrNull(row['ms']),
  };
}

export function clickOf(row: Row): Click {
  return {
    shop: text(row['shop']),
    beaconId: text(row['beacon_id']),
    clickId: textOrNull(row['click_id']),
    via: textOrNull(row['via']),
    visitorId: textOrNull(row['visitor_id']),
    joinKey: textOrNull(row['join_key']),
    url: textOrNull(row['url']),
    ref: textOrNull(row['ref']),
    clickedAt: number(row['clicked_at']),
    receivedAt: number(row['received_at']),
  };
}

/** JSON has no big integers: an amount stands as text. */
export function reportText(report: Report): string {
  return JSON.stringify({ ...report, amount: report.amount.toString() });
}

function reportOfText(stored: string): Report {
  const report = JSON.parse(stored) as Omit<Report, 'amount'> & { amount: string };
  return { ...report, amount: BigInt(report.amount) };
}

export function text(value: SqlValue | undefined): string {
  if (typeof value !== 'string')
    throw new TypeError(`the ledger holds ${typeof value} where text should stand`);
  return value;
}

export function textOrNull(value: SqlValue | undefined): string | null {
  return value == null ? null : text(value);
}

/** PostgreSQL gives big integers as text, SQLite as numbers; ours stay far below 2^53. */
export function number(value: SqlValue | undefined): number {
  return Number(value ?? Number.NaN);
}

export function numberOrNull(value: SqlValue | undefined): number | null {
  return value == null ? null : number(value);
}

export function minor(value: SqlValue | undefined): bigint {
  return BigInt(value ?? 0);
}

function yes(value: SqlValue | undefined): boolean {
  return number(value) === 1;
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function json(value: SqlValue | undefined): unknown {
  return JSON.parse(text(value));
}
