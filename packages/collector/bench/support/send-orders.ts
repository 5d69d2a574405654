// Paid orders at a steady pace, and how long after the shop had its answer each postback reached the tracker.
import { setTimeout as wait } from 'node:timers/promises';
import { pace } from './pace.ts';
import { Pool } from './pool.ts';
import { orderRequest } from './requests.ts';

export interface ShopKey {
  readonly shop: string;
  readonly key: string;
}

export interface OrdersAsk {
  readonly port: number;
  /** Orders go to these in turn. */
  readonly shops: readonly ShopKey[];
  readonly perSecond: number;
  readonly ms: number;
  /** Makes order and click ids unlike those of another run. */
  readonly series: string;
}

export interface SentOrder {
  readonly shop: string;
  readonly clickId: string;
  /** When the shop had its 200 (`performance.now()`). */
  readonly answeredAt: number;
  /** From the moment it was to be sent until then, ms. */
  readonly acknowledgedAfter: number;
}

/** Throws when an order is not answered 200. */
export async function sendOrders({ port, shops, series, ...steady }: OrdersAsk): Promise<SentOrder[]> {
  const pool = new Pool(port);
  const sent: SentOrder[] = [];
  const send = async (index: number, plannedAt: number) => {
    const { shop, key } = shops[index % shops.length] ?? { shop: 'main', key: '' };
    const [orderId, clickId] = [`${series}-${index}`, `81e60ha${series}x${index}`];
    const { status, body } = await pool.ask(orderRequest({ shop, key, orderId, clickId }));
    const answeredAt = performance.now();
    if (status !== 200) throw new Error(`order ${orderId} was answered ${status}: ${body.slice(0, 300)}`);
    sent.push({ shop, clickId, answeredAt, acknowledgedAfter: answeredAt - plannedAt });
  };
  await pace({ ...steady, send }).finally(() => pool.close());
  return sent;
}

/** Waits until all have arrived, but not for ever; the delays in ms, Infinity for one that never came. */
export async function delaysOf(
  sent: readonly SentOrder[],
  at: ReadonlyMap<string, number>,
  patience: number,
): Promise<number[]> {
  const until = performance.now() + patience;
  while (performance.now() < until && sent.some(({ clickId }) => !at.has(clickId))) await wait(20);
  return sent.map(({ clickId, answeredAt }) => (at.get(clickId) ?? Infinity) - answeredAt);
}
