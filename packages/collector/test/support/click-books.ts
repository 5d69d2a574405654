// One click's account kept by hand: hears of orders, plans, claims and settles, as a ledger does, but on plain values.
import type { Account, Plan } from '../../src/core/account.ts';
import { plan } from '../../src/core/conversion.ts';
import type { Order } from '../../src/core/order.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { giveBack, type Postback, type Report, settle } from '../../src/core/postback.ts';
import { reportOf } from '../../src/core/report.ts';
import { accountOf, MINUTE, NO_JITTER, NOW, orderOf, POLICY } from './samples.ts';

export const ACCEPTED: Outcome = { outcome: 'accepted', warning: null };
export const REFUSED: Outcome = { outcome: 'refused', reason: 'Binom said 403' };
export const DOWN: Outcome = { outcome: 'not-counted', reason: 'connection refused', retryAfterMs: null };
export const SILENT: Outcome = { outcome: 'unknown', reason: 'no answer', retryAfterMs: null };

export class ClickBooks {
  account: Account;
  /** Codes of the notices raised, in order, each once. */
  readonly notices = new Set<string>();
  now = NOW;
  #ids = 0;

  constructor(given: Partial<Account> = {}) {
    this.account = accountOf(given);
  }

  /** News that made an order what is given; the rest of it stays as it was. */
  hear(given: Partial<Order> & { orderId?: string } = {}): this {
    this.now += MINUTE;
    const orderId = given.orderId ?? '1001';
    const known = this.account.orders.find((order) => order.orderId === orderId);
    const order = orderOf({ ...known, changedAt: this.now, ...given, orderId });
    const everPaid =
      known?.everPaid === true || order.status === 'paid' || order.status === 'partially_refunded';
    const after = { ...order, everPaid };
    const orders = this.account.orders.map((each) => (each.orderId === orderId ? after : each));
    return this.change({ orders: known === undefined ? [...orders, after] : orders });
  }

  /** Something else about the account changed. */
  change(given: Partial<Account>): this {
    this.account = { ...this.account, ...given };
    this.plan();
    return this;
  }

  plan(): Plan {
    const planned = plan(this.account, { now: this.now, newId: () => `n${(this.#ids += 1)}` });
    for (const row of planned.postbacks) this.#write(row);
    for (const notice of planned.notices) this.notices.add(`${notice.code} ${notice.subject}`);
    return planned;
  }

  /** Takes what waits first, and tells what it would report; null when nothing is left to tell. */
  claim(): Report | null {
    this.now += MINUTE;
    const row = this.account.postbacks.find((each) => each.state === 'due');
    if (row === undefined) throw new Error('nothing is due');
    const report = reportOf(this.account, row);
    if (report === null) return null;
    const revision = row.orderId === null ? row.wanted : row.revision;
    this.#write({ ...row, state: 'sending', attempts: row.attempts + 1, revision, reported: report });
    const spoken = new Set([...report.orderIds, report.orderId]);
    const orders = this.account.orders.map((order) => ({
      ...order,
      frozen: order.frozen || spoken.has(order.orderId),
    }));
    this.account = { ...this.account, orders };
    return report;
  }

  end(outcome: Outcome): this {
    const row = this.sending;
    const terms = { repeats: this.account.repeats, policy: POLICY, now: this.now, random: NO_JITTER };
    this.#write(settle(row, outcome, terms));
    const told = new Set(outcome.outcome === 'accepted' ? row.reported?.orderIds : []);
    const orders = this.account.orders.map((order) =>
      told.has(order.orderId) ? { ...order, reported: true } : order,
    );
    return this.change({ orders });
  }

  giveBack(): this {
    this.#write(giveBack(this.sending, this.now));
    return this.change({});
  }

  /** Claims and ends everything that waits; gives what was reported. */
  sendAll(outcome: Outcome = ACCEPTED): Report[] {
    const reports: Report[] = [];
    while (this.account.postbacks.some((row) => row.state === 'due')) {
      const report = this.claim();
      if (report === null) throw new Error('nothing to tell');
      reports.push(report);
      this.end(outcome);
      if (outcome !== ACCEPTED) return reports;
    }
    return reports;
  }

  get sending(): Postback {
    const row = this.account.postbacks.find((each) => each.state === 'sending');
    if (row === undefined) throw new Error('nothing is on its way');
    return row;
  }

  /** `paid due`, `click accepted`, `paid skipped: superseded` … in the order they were planned. */
  get rows(): string[] {
    return this.account.postbacks.map((row) => {
      const why = row.state === 'skipped' ? `: ${row.reason ?? ''}` : '';
      return `${row.purpose} ${row.state}${why}`;
    });
  }

  #write(row: Postback): void {
    const isKnown = this.account.postbacks.some((each) => each.id === row.id);
    const postbacks = this.account.postbacks.map((each) => (each.id === row.id ? row : each));
    this.account = { ...this.account, postbacks: isKnown ? postbacks : [...postbacks, row] };
  }
}
