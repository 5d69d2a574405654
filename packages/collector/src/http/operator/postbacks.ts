/** The queue: looked at, and settled by a person where nobody else knows. */
import { z } from 'zod';
import { Rejected } from '../../core/errors.ts';
import { POSTBACK_STATES } from '../../core/postback.ts';
import { checked } from '../checked.ts';
import { oneOf, optional } from '../fields.ts';
import type { AppNeeds } from '../needs.ts';
import { PAGE } from '../query.ts';
import type { Route } from '../route.ts';
import { showPostback, showPostbackStory } from '../show/postback.ts';

const LIST = z.object({ state: optional(oneOf(POSTBACK_STATES)), ...PAGE });
const RESOLVE = z.strictObject({ as: oneOf(['accepted', 'abandoned']) });

export function postbackRoutes({ operate, reads }: Pick<AppNeeds, 'operate' | 'reads'>): Route[] {
  const path = '/v1/shops/:shop/postbacks';
  const story = async (shop: string, id: string) => {
    const found = await reads.postback(shop, id);
    if (found === null) throw new Rejected('not-found', 'there is no such postback', 'id');
    return { body: showPostbackStory(found) };
  };
  return [
    {
      method: 'get',
      path,
      who: 'operator',
      async answer({ params: { shop = '' }, query }) {
        const { state = null, ...page } = checked(LIST, query);
        const { items, cursor } = await reads.postbacks({ shop, state, ...page });
        return { body: { postbacks: items.map(showPostback), cursor } };
      },
    },
    {
      method: 'get',
      path: `${path}/:id`,
      who: 'operator',
      answer: ({ params: { shop = '', id = '' } }) => story(shop, id),
    },
    {
      method: 'post',
      path: `${path}/:id/resolve`,
      who: 'operator',
      async answer({ params: { shop = '', id = '' }, body, actor }) {
        await operate.byHand.resolve({ shop, postbackId: id, actor, ...checked(RESOLVE, body) });
        return story(shop, id);
      },
    },
  ];
}
