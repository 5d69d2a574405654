/** One test postback now, and what came back, in words. */
import { z } from 'zod';
import type { Outcome } from '../../core/outcome.ts';
import { checked } from '../checked.ts';
import { clickId, currency, field, optional } from '../fields.ts';
import type { AppNeeds } from '../needs.ts';
import type { Route } from '../route.ts';

const TEST = z.strictObject({
  click_id: clickId,
  payout: optional(
    field((value) => /^\d{1,12}(?:\.\d{1,4})?$/.test(value), 'decimal text such as "0" or "1.00"'),
  ),
  currency: optional(currency),
});

export function connectionTestRoutes({ operate }: Pick<AppNeeds, 'operate'>): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/shops/:shop/trackers/:tracker/test',
      who: 'operator',
      async answer({ params: { shop = '', tracker = '' }, body, actor }) {
        const told = checked(TEST, body);
        const { sent, outcome } = await operate.test({
          shop,
          tracker,
          clickId: told.click_id,
          payout: told.payout ?? '0',
          currency: told.currency ?? 'USD',
          actor,
        });
        return { body: { ...sent, verdict: outcome.outcome, words: wordsOf(outcome) } };
      },
    },
  ];
}

function wordsOf(outcome: Outcome): string {
  switch (outcome.outcome) {
    case 'accepted':
      return outcome.warning ?? 'accepted; whether it was counted, only the tracker itself can show';
    case 'refused':
      return outcome.reason;
    case 'not-counted':
      return `not counted: ${outcome.reason}`;
    case 'unknown':
      return `no usable answer: ${outcome.reason}`;
  }
}
