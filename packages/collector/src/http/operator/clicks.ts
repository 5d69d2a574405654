/** One click explained. */
import { Rejected } from '../../core/errors.ts';
import type { AppNeeds } from '../needs.ts';
import type { Route } from '../route.ts';
import { showClickStory } from '../show/click-story.ts';

export function clickRoutes({ reads }: Pick<AppNeeds, 'reads'>): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/shops/:shop/clicks/:click_id',
      who: 'operator',
      async answer({ params: { shop = '', click_id: clickId = '' } }) {
        const story = await reads.click(shop, clickId);
        if (story === null) throw new Rejected('not-found', 'this click was never seen', 'click_id');
        return { body: showClickStory(story) };
      },
    },
  ];
}
