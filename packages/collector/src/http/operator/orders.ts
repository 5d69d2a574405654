/** An operator's look at orders, and the click a person attaches to one. */
import { z } from 'zod';
import { ORDER_STATUSES } from '../../core/order.ts';
import { checked } from '../checked.ts';
import { clickId, oneOf, optional, visible } from '../fields.ts';
import type { AppNeeds } from '../needs.ts';
import { attributionOf, orderOf } from '../order-answer.ts';
import { PAGE } from '../query.ts';
import type { Route } from '../route.ts';
import { showOrder } from '../show/order.ts';

const LIST = z.object({
  status: optional(oneOf(ORDER_STATUSES)),
  attributed: optional(oneOf(['true', 'false'])),
  q: optional(visible(255)),
  ...PAGE,
});
const ATTACH = z.strictObject({ click_id: clickId });

export function operatorOrderRoutes({ operate, reads }: Pick<AppNeeds, 'operate' | 'reads'>): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/shops/:shop/orders',
      who: 'operator',
      async answer({ params: { shop = '' }, query }) {
        const { status = null, attributed, q = null, ...page } = checked(LIST, query);
        const wanted = attributed === undefined ? null : attributed === 'true';
        const { items, cursor } = await reads.orders({ shop, status, attributed: wanted, q, ...page });
        return { body: { orders: items.map(showOrder), cursor } };
      },
    },
    {
      method: 'post',
      path: '/v1/shops/:shop/orders/:order_id/attach',
      who: 'operator',
      async answer({ params: { shop = '', order_id: orderId = '' }, body, actor }) {
        const { click_id } = checked(ATTACH, body);
        const order = await operate.byHand.attach({ shop, orderId, clickId: click_id, actor });
        return { body: { order: orderOf(order), attribution: attributionOf(order) } };
      },
    },
  ];
}
