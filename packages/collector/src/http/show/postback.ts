/** A postback, as the API shows it; with its story, also every attempt. */
import type { Postback } from '../../core/postback.ts';
import type { Attempt, PostbackStory } from '../../core/stories.ts';
import { isoOf } from './iso-of.ts';

export function showPostback(row: Postback) {
  return {
    id: row.id,
    tracker: row.tracker,
    click_id: row.clickId,
    order_id: row.orderId,
    order_ids: row.reported?.orderIds ?? (row.orderId === null ? [] : [row.orderId]),
    purpose: row.purpose,
    revision: row.revision,
    state: row.state,
    reason: row.reason,
    /** What the last attempt told; null before the first. */
    payout: row.reported?.payout ?? null,
    currency: row.reported?.currency ?? null,
    may_have_counted: row.mayHaveCounted,
    due_at: row.state === 'due' ? isoOf(row.dueAt) : null,
    created_at: isoOf(row.createdAt),
    updated_at: isoOf(row.updatedAt),
  };
}

export function showPostbackStory(story: PostbackStory) {
  const left = story.tries.filter((each) => each.outcome !== 'given-back');
  return {
    ...showPostback(story),
    attempts_made: left.length,
    attempts: story.tries.map(showAttempt),
  };
}

function showAttempt({ report, startedAt, ...attempt }: Attempt) {
  return {
    attempt: attempt.attempt,
    started_at: isoOf(startedAt),
    payout: report.payout,
    currency: report.currency,
    outcome: attempt.outcome,
    reason: attempt.reason,
    warning: attempt.warning,
    url: attempt.url,
    status: attempt.status,
    body: attempt.body,
    ms: attempt.ms,
  };
}
