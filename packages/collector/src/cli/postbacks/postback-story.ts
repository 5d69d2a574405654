/** One postback, told: its state, and every attempt with what was sent and what came back. */
import { address, wrapped } from '../layout.ts';
import { dayAndTime, timeOfDay } from '../moments.ts';
import type { Paint } from '../paint.ts';
import type { AttemptRow, PostbackStoryRow } from '../rows.ts';
import { stateWords } from '../words.ts';

/** With the orders and the click it is about. */
export function titledStory(postback: PostbackStoryRow, paint: Paint): string {
  const orders = postback.order_ids.join(', ') || 'no order';
  const title = paint.bold(`Order ${orders}, click ${postback.click_id}`);
  return `${wrapped(title, '  ')}\n${postbackStory(postback, paint)}`;
}

export function postbackStory(postback: PostbackStoryRow, paint: Paint): string {
  const { id, due_at, may_have_counted, attempts } = postback;
  const next = due_at === null ? '' : `, next try ${dayAndTime(due_at)}`;
  const maybe = may_have_counted ? '; an earlier try may have counted' : '';
  return [
    wrapped(`  ${paint.dim(`postback ${id}`)}`, '  '),
    wrapped(`  ${stateWords(postback)}${next}${maybe}`, '  '),
    ...attempts.map((attempt, at) => attemptLines(attempt, attempts[at - 1])),
  ].join('\n');
}

/** The address is shown again only where it changed. */
function attemptLines(attempt: AttemptRow, before: AttemptRow | undefined): string {
  const lines = [
    wrapped(
      `  try ${attempt.attempt}  ${timeOfDay(attempt.started_at)}  ${attempt.payout} ${attempt.currency}: ${endingOf(attempt)}`,
      '         ',
    ),
  ];
  if (attempt.url !== null && attempt.url !== before?.url) lines.push(address(attempt.url, '         '));
  if (attempt.warning !== null) lines.push(wrapped(`       ! ${attempt.warning}`, '         '));
  return lines.join('\n');
}

const LONGEST_BODY = 200;

function endingOf({ outcome, reason, status, body, ms }: AttemptRow): string {
  if (outcome === 'pending') return 'on its way';
  if (outcome === 'given-back') return 'not sent, the collector was stopped';
  const took = ms === null ? '' : ` in ${Math.round(ms)} ms`;
  const short = (body ?? '').trim().slice(0, LONGEST_BODY);
  const said = short === '' ? '' : `, "${short}${(body ?? '').length > LONGEST_BODY ? '…' : ''}"`;
  const answered = status === null ? '' : `${status}${took}${said}`;
  if (reason === null) return answered || 'no answer was written down';
  return answered === '' ? reason : `${reason} (${answered})`;
}
