/** Privacy: removes a person and keeps the sums. */
import { z } from 'zod';
import type { ErasedPerson } from '../../core/ports.ts';
import { checked } from '../checked.ts';
import { optional, visible } from '../fields.ts';
import type { AppNeeds } from '../needs.ts';
import type { Route } from '../route.ts';
import { Rejected } from '../../core/errors.ts';

const WHOM = z.strictObject({
  visitor_id: optional(visible(128)),
  order_id: optional(visible(128)),
  click_id: optional(visible(128)),
});

export function eraseRoutes({ operate }: Pick<AppNeeds, 'operate'>): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/shops/:shop/erase',
      who: 'operator',
      async answer({ params: { shop = '' }, body, actor }) {
        const { beacons, orders } = await operate.byHand.erase({ shop, person: personIn(body), actor });
        return { body: { erased: { beacons, orders } } };
      },
    },
  ];
}

function personIn(body: unknown): ErasedPerson {
  const { visitor_id: visitorId, order_id: orderId, click_id: clickId } = checked(WHOM, body);
  const given = [visitorId, orderId, clickId].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw new Rejected('invalid', 'say one of visitor_id, order_id and click_id', 'visitor_id');
  }
  if (visitorId !== undefined) return { visitorId };
  return orderId === undefined ? { clickId: clickId ?? '' } : { orderId };
}
