/** One order, told: what the shop said, which click it was, what Binom was told and answered. */
import { dayAndTime } from '../moments.ts';
import { wrapped } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { postbackStory } from '../postbacks/postback-story.ts';
import type { CandidateRow, NewsRow, OrderStoryRow } from '../rows.ts';
import { evidenceWords, noClickWords, placeWords, stateWords } from '../words.ts';

export function orderStory(story: OrderStoryRow, paint: Paint): string {
  const { order, notices } = story;
  const last = story.postbacks.at(-1);
  const ending = last === undefined ? '' : ` → ${stateWords(last)}`;
  const test = order.test ? ', a test order' : '';
  return [
    wrapped(
      `${paint.bold(`Order ${order.order_id}`)}: ${statusWords(order)} ${order.amount} ${order.currency}${test}${ending}`,
      '  ',
    ),
    section('What the shop said', story.news.map(newsLine), paint),
    section('Which click', clickLines(story, paint), paint),
    section('What Binom was told', toldLines(story, paint), paint),
    ...(notices.length === 0 ? [] : [section('Worth knowing', notices.map(noticeLine), paint)]),
    ...(last?.state === 'accepted' ? [`\n${NOT_IN_REPORT}`] : []),
  ].join('\n');
}

const NOT_IN_REPORT = `Not in your Binom report? Look at
  1. the day: Binom counts by the day of the click or of the conversion
  2. the offer: its payout must be "Auto", or our amount is ignored
  3. the time zone of the report
  4. the status scheme: it must know the status we send`;

function section(title: string, lines: readonly string[], paint: Paint): string {
  return [`\n${paint.bold(title)}`, ...lines].join('\n');
}

function newsLine(news: NewsRow): string {
  const refunded = Number(news.refunded_amount ?? 0) > 0 ? `, ${news.refunded_amount ?? ''} refunded` : '';
  const late = news.effect === 'older' ? ' (older than what was known; it changed nothing)' : '';
  const source = news.source === 'api' ? 'the order API' : news.source;
  return wrapped(
    `  ${dayAndTime(news.received_at)}  ${statusWords(news)} ${news.amount} ${news.currency}${refunded}, by ${source}${late}`,
    '                ',
  );
}

function clickLines({ attribution }: OrderStoryRow, paint: Paint): string[] {
  const { click_id, reason, candidates, frozen, attached_by_hand } = attribution;
  const verdict = click_id === null ? [wrapped(`  None: ${noClickWords(reason ?? 'no-click')}.`, '  ')] : [];
  const attached = attached_by_hand === null ? [] : [`  Click ${attached_by_hand} was attached by hand.`];
  const stands = frozen ? ['  The choice stands: Binom was told.'] : [];
  return [
    ...verdict,
    ...candidates.map((each) => candidateLine(each, click_id, paint)),
    ...attached,
    ...stands,
  ];
}

function candidateLine(candidate: CandidateRow, chosen: string | null, paint: Paint): string {
  const { click_id, via, clicked_at, outcome, reason } = candidate;
  const isUsed = outcome === 'won';
  const isSame = !isUsed && click_id === chosen;
  const mark = isUsed ? paint.good('✓') : paint.dim(isSame ? '·' : '✗');
  const when = clicked_at === null ? '' : `, clicked ${dayAndTime(clicked_at)}`;
  return wrapped(
    `  ${mark} ${click_id}  ${placeWords(via)}${when}: ${isSame ? 'agrees' : evidenceWords(isUsed ? 'won' : (reason ?? ''))}`,
    '      ',
  );
}

function toldLines({ postbacks, attribution }: OrderStoryRow, paint: Paint): string[] {
  if (postbacks.length > 0) return postbacks.map((each) => postbackStory(each, paint));
  return [attribution.click_id === null ? '  Nothing: there is no click to report.' : '  Nothing yet.'];
}

function noticeLine({ detail, times }: { detail: string; times: number }): string {
  return wrapped(`  ! ${detail}${times > 1 ? ` (${times} times)` : ''}`, '    ');
}

function statusWords({ status }: { status: string }): string {
  return status.replaceAll('_', ' ');
}
