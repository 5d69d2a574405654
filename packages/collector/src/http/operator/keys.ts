/** A shop's API keys: made (and shown this once), listed without the key, taken away. */
import { z } from 'zod';
import type { ApiKey } from '../../core/ports.ts';
import { checked } from '../checked.ts';
import { digestOf, newShopKey } from '../credentials.ts';
import { optional, visible } from '../fields.ts';
import type { AppNeeds } from '../needs.ts';
import type { Route } from '../route.ts';
import { isoOf } from '../show/iso-of.ts';

const NEW = z.strictObject({ label: optional(visible(100)) });

export function keyRoutes({ directory, operate }: Pick<AppNeeds, 'directory' | 'operate'>): Route[] {
  const path = '/v1/shops/:shop/api-keys';
  return [
    {
      method: 'get',
      path,
      who: 'operator',
      answer: async ({ params: { shop = '' } }) => ({
        body: { api_keys: directory.keys(shop).map(showKey) },
      }),
    },
    {
      method: 'post',
      path,
      who: 'operator',
      async answer({ params: { shop = '' }, body, actor }) {
        const { label = '' } = checked(NEW, body);
        const key = newShopKey();
        const added = await operate.keys.add({ shop, hash: digestOf(key), label, actor });
        return { status: 201, body: { ...showKey(added), key } };
      },
    },
    {
      method: 'delete',
      path: `${path}/:id`,
      who: 'operator',
      async answer({ params: { shop = '', id = '' }, actor }) {
        await operate.keys.remove({ shop, id, actor });
        return {};
      },
    },
  ];
}

function showKey({ id, label, createdAt }: ApiKey) {
  return { id, label, created_at: isoOf(createdAt) };
}
