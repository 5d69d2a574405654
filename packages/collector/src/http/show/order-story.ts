/** One order explained: what was heard, what was weighed, the verdict, and what the tracker was told. */
import { formatMoney } from '../../core/money.ts';
import type { Order } from '../../core/order.ts';
import type { HeardNews, OrderStory } from '../../core/stories.ts';
import type { Candidate } from '../../core/verdict.ts';
import { isoOf } from './iso-of.ts';
import { showNotice } from './notice.ts';
import { showOrder } from './order.ts';
import { showPostbackStory } from './postback.ts';

export function showOrderStory({ order, news, postbacks, notices }: OrderStory) {
  return {
    order: showOrder(order),
    attribution: showAttribution(order),
    news: news.map(showNews),
    postbacks: postbacks.map(showPostbackStory),
    notices: notices.map(showNotice),
  };
}

function showAttribution({ verdict, frozen, attached }: Order) {
  const { clickId, via, reason, candidates } = verdict;
  return {
    click_id: clickId,
    ...(clickId === null ? { reason } : { via }),
    /** From the first attempt on, the verdict stands. */
    frozen,
    attached_by_hand: attached,
    candidates: candidates.map(showCandidate),
  };
}

function showCandidate({ clickId, via, clickedAt, outcome }: Candidate) {
  return {
    click_id: clickId,
    via,
    clicked_at: isoOf(clickedAt),
    outcome: outcome === 'won' ? 'won' : 'lost',
    reason: outcome === 'won' ? null : outcome,
  };
}

function showNews(news: HeardNews) {
  return {
    source: news.source,
    effect: news.effect,
    status: news.status,
    amount: formatMoney(news.amount, news.currency),
    refunded_amount: news.refunded === null ? null : formatMoney(news.refunded, news.currency),
    currency: news.currency,
    kind: news.kind,
    test: news.test,
    placed_at: isoOf(news.placedAt),
    occurred_at: isoOf(news.occurredAt),
    received_at: isoOf(news.receivedAt),
    found: news.found.map(({ via, value }) => ({ via, value })),
    visitor_ids: news.visitorIds,
    join_keys: news.joinKeys,
  };
}
