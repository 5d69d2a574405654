import { type Account, isLeftOut, phaseOf, type Plan, type PlanTerms } from './account.ts';
import type { Notice, NoticeCode } from './notice.ts';
import type { Order } from './order.ts';
import type { Postback, PostbackPurpose, SkipReason } from './postback.ts';

/** A plan in the making: what stands, what was changed, and what people should know. */
export class Draft {
  readonly account: Account;
  readonly #terms: PlanTerms;
  readonly #rows: Map<string, Postback>;
  readonly #changed = new Set<string>();
  readonly #notices: Notice[] = [];

  constructor(account: Account, terms: PlanTerms) {
    this.account = account;
    this.#terms = terms;
    this.#rows = new Map(account.postbacks.map((row) => [row.id, row]));
  }

  get now(): number {
    return this.#terms.now;
  }

  /** The rows of one order, or of the click as a whole (null), as they stand in this draft. */
  rowsOf(orderId: string | null): Postback[] {
    return [...this.#rows.values()].filter((row) => row.orderId === orderId);
  }

  write(row: Postback): Postback {
    this.#rows.set(row.id, row);
    this.#changed.add(row.id);
    return row;
  }

  add(purpose: PostbackPurpose, orderId: string | null, extra: Partial<Postback> = {}): Postback {
    const { shop, tracker, clickId } = this.account;
    const revision = this.rowsOf(orderId).filter((row) => row.purpose === purpose).length + 1;
    return this.write({
      ...{ id: this.#terms.newId(), shop, tracker, clickId, orderId, purpose, revision },
      ...{
        state: 'due',
        reason: null,
        wanted: 1,
        sent: 0,
        wantedKey: '',
        attempts: 0,
        mayHaveCounted: false,
      },
      ...{ reported: null, dueAt: this.now, notBefore: 0, token: null, leaseUntil: null },
      ...{ createdAt: this.now, updatedAt: this.now },
      ...extra,
    });
  }

  skip(row: Postback, reason: SkipReason): Postback {
    return this.write({ ...row, state: 'skipped', reason, updatedAt: this.now });
  }

  notice(code: NoticeCode, subject: string, detail: string): void {
    this.#notices.push({ shop: this.account.shop, code, subject, detail });
  }

  /** A test order is written down as skipped once it is paid, and never reported unless the shop wants it. */
  skipsTest(order: Order): boolean {
    if (!isLeftOut(this.account, order)) return false;
    const rows = this.rowsOf(order.orderId);
    rows.filter((row) => row.state === 'due').forEach((row) => this.skip(row, 'test-order'));
    if (rows.length === 0 && phaseOf(order) === 'paid') {
      this.add('paid', order.orderId, { state: 'skipped', reason: 'test-order' });
    }
    return true;
  }

  /** Rows of orders that no longer belong to this click are taken back; nothing of them was ever sent. */
  dropStrays(): void {
    const here = new Set(this.account.orders.map((order) => order.orderId));
    for (const row of this.#rows.values()) {
      const isStray = row.orderId !== null && !here.has(row.orderId);
      if (isStray && (row.state === 'due' || row.state === 'skipped') && row.reason !== 'superseded') {
        this.skip(row, 'superseded');
      }
    }
  }

  finished(): Plan {
    const postbacks = [...this.#changed].flatMap((id) => this.#rows.get(id) ?? []);
    return { postbacks, notices: this.#notices };
  }
}
