// Where the demo shop takes (made-up) money and keeps its orders, told or not.
import { randomInt } from 'node:crypto';
import { reportOrder } from './report-order.ts';
import type { ShopOrder } from './shop-order.ts';
import type { ShopSettings } from './shop-settings.ts';

export type Sale = Pick<ShopOrder, 'clickId' | 'url' | 'cookies'>;

export class Till {
  readonly #settings: ShopSettings;
  readonly #orders = new Map<string, ShopOrder>();
  // Numbers begin anew with every shop; without its own prefix a second run would tell a lasting ledger old news.
  readonly #prefix = randomInt(36 ** 3, 36 ** 4)
    .toString(36)
    .toUpperCase();

  constructor(settings: ShopSettings) {
    this.#settings = settings;
  }

  /** Takes the payment and tells the collector; resolves when that has ended, well or badly. */
  async pay(sale: Sale): Promise<ShopOrder> {
    const { price: amount, currency } = this.#settings;
    const orderId = `${this.#prefix}-${1_001 + this.#orders.size}`;
    const placedAt = new Date().toISOString();
    const order: ShopOrder = {
      ...sale,
      orderId,
      amount,
      currency,
      placedAt,
      paidAt: placedAt,
      report: undefined,
    };
    this.#orders.set(orderId, order);
    await this.tell(order);
    return order;
  }

  async tell(order: ShopOrder): Promise<void> {
    order.report = await reportOrder(this.#settings, order);
    this.#settings.log(`order ${order.orderId}: the collector was told, outcome ${order.report.state}`);
  }

  orders(): ShopOrder[] {
    return [...this.#orders.values()];
  }

  order(orderId: string): ShopOrder | undefined {
    return this.#orders.get(orderId);
  }
}
