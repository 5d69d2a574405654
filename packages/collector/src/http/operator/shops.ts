/** Shops: list, make, show, change. */
import { SHOP_ID } from '@clickback/protocol';
import { z } from 'zod';
import { DEFAULT_SHOP_SETTINGS, type Shop, type ShopSettings } from '../../core/shop.ts';
import { apiName } from '../../flows/api-name.ts';
import type { Given } from '../../flows/stated.ts';
import { checked } from '../checked.ts';
import { field, passedOver } from '../fields.ts';
import type { AppNeeds } from '../needs.ts';
import type { Route } from '../route.ts';
import { showShop } from '../show/shop.ts';
import { SHOP_FIELDS } from './shop-fields.ts';

const shopId = field(
  (value) => SHOP_ID.test(value),
  'a-z, 0-9, _ and -, at most 63, beginning with a letter or a digit',
);
const CHANGE = z.strictObject({ ...SHOP_FIELDS, shop: passedOver, read_only: passedOver });
const NEW = z.strictObject({ ...SHOP_FIELDS, shop: shopId });

type Needs = Pick<AppNeeds, 'directory' | 'operate' | 'locked'>;

export function shopRoutes({ directory, operate, locked }: Needs): Route[] {
  const show = (shop: Shop) => ({ ...showShop(shop), read_only: locked.shop(shop.shop).map(apiName) });
  const path = '/v1/shops';
  const onePath = '/v1/shops/:shop';
  return [
    {
      method: 'get',
      path,
      who: 'operator',
      answer: async () => ({ body: { shops: directory.shops().map(show) } }),
    },
    {
      method: 'post',
      path,
      who: 'operator',
      async answer({ body, actor }) {
        const { shop, ...fields } = checked(NEW, body);
        const given = settingsOf(fields);
        return { status: 201, body: show(await operate.shops.create({ shop, given, actor })) };
      },
    },
    {
      method: 'get',
      path: onePath,
      who: 'operator',
      answer: async ({ params: { shop = '' } }) => ({ body: show(directory.shop(shop)) }),
    },
    {
      method: 'patch',
      path: onePath,
      who: 'operator',
      async answer({ params: { shop = '' }, body, actor }) {
        const given = settingsOf(checked(CHANGE, body), directory.shop(shop).settings.names);
        return { body: show(await operate.shops.change({ shop, given, actor })) };
      },
    },
  ];
}

type Fields = Omit<z.output<typeof NEW>, 'shop'>;

function settingsOf(
  fields: Fields,
  names: ShopSettings['names'] = DEFAULT_SHOP_SETTINGS.names,
): Given<ShopSettings> {
  const { params = names.params, cookies = names.cookies } = fields;
  return {
    name: fields.name,
    origins: fields.origins,
    carryHosts: fields.carry_hosts,
    names: { params, cookies },
    windowDays: fields.window_days,
    prefer: fields.prefer,
    testOrders: fields.test_orders,
    joinByOrderId: fields.join_by_order_id,
  };
}
