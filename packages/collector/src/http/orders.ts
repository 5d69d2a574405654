/** The shop's side: news about an order in, one order explained. */
import { Rejected } from '../core/errors.ts';
import { checked } from './checked.ts';
import type { AppNeeds } from './needs.ts';
import { orderAnswer } from './order-answer.ts';
import { orderNews } from './order-news.ts';
import { dryRun } from './query.ts';
import type { Route } from './route.ts';
import { showOrderStory } from './show/order-story.ts';

type Needs = Pick<AppNeeds, 'clock' | 'directory' | 'receiveOrder' | 'reads'>;

export function orderRoutes({ clock, directory, receiveOrder, reads }: Needs): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/shops/:shop/orders',
      who: 'shop',
      async answer({ params, query, body }) {
        const how = checked(dryRun, query);
        const news = orderNews(body, directory.shop(params['shop'] ?? ''), clock.now());
        return { body: orderAnswer(await receiveOrder(news, how), news, how) };
      },
    },
    {
      method: 'get',
      path: '/v1/shops/:shop/orders/:order_id',
      who: 'shop-or-operator',
      async answer({ params: { shop = '', order_id: orderId = '' } }) {
        const story = await reads.order(shop, orderId);
        if (story === null) throw new Rejected('not-found', 'this shop told us of no such order', 'order_id');
        return { body: showOrderStory(story) };
      },
    },
  ];
}
