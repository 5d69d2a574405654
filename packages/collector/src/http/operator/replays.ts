/** Postbacks sent again; a dry run shows each URL and the money in them first. */
import { z } from 'zod';
import type { SentAgain } from '../../flows/replay-postbacks.ts';
import { checked } from '../checked.ts';
import { instant, oneOf, optional } from '../fields.ts';
import type { AppNeeds } from '../needs.ts';
import { dryRun } from '../query.ts';
import type { Route } from '../route.ts';

/** What is on its way cannot be sent again before it has ended. */
const STATES = ['due', 'accepted', 'refused', 'uncertain', 'abandoned', 'skipped'] as const;
const state = oneOf(STATES);
const MANY = z.strictObject({
  state: z.union([state, z.array(state).min(1)], `one of ${STATES.join(', ')}, or a list of them`),
  from: optional(instant),
  to: optional(instant),
});

export function replayRoutes({ operate }: Pick<AppNeeds, 'operate'>): Route[] {
  const path = '/v1/shops/:shop/postbacks';
  return [
    {
      method: 'post',
      path: `${path}/:id/replay`,
      who: 'operator',
      async answer({ params: { shop = '', id = '' }, query, actor }) {
        const how = checked(dryRun, query);
        const sent = await operate.replay.one({ shop, postbackId: id, actor, ...how });
        return { body: { dry_run: how.dryRun, ...show(sent) } };
      },
    },
    {
      method: 'post',
      path: `${path}/replay`,
      who: 'operator',
      async answer({ params: { shop = '' }, query, body, actor }) {
        const how = checked(dryRun, query);
        const { state: states, from = null, to = null } = checked(MANY, body);
        const many = await operate.replay.many({ shop, states: [states].flat(), from, to, actor, ...how });
        const { postbacks, totals } = many;
        const sums = { count: postbacks.length, totals };
        return { body: { dry_run: how.dryRun, ...sums, postbacks: postbacks.map(show) } };
      },
    },
  ];
}

function show({ postbackId, url, report }: SentAgain) {
  const { clickId, payout, currency, orderIds } = report;
  return { id: postbackId, url, click_id: clickId, order_ids: orderIds, payout, currency };
}
