/** The JSON a shop sends about an order, read strictly: whatever is wrong is said with the field that is. */
import { VISITOR_COOKIE } from '@clickback/protocol';
import { z } from 'zod';
import {
  clickIdsInCookies,
  clickIdsInUrl,
  cookieIn,
  type FoundClickId,
  foundClickId,
} from '../core/click.ts';
import { Rejected } from '../core/errors.ts';
import { checkedMinor, type MoneyProblem, parseMoney } from '../core/money.ts';
import { ORDER_KINDS, ORDER_STATUSES, type OrderNews } from '../core/order.ts';
import type { Shop } from '../core/shop.ts';
import { checked } from './checked.ts';
import { currency, instant, joinKey, oneOf, optional, text, visible, visitorId, yesOrNo } from './fields.ts';

const amount = z.custom<string>(
  (value) => typeof value === 'string',
  'text such as "49.90": a JSON number may have lost digits already',
);

const NEWS = z.object({
  order_id: visible(128),
  status: oneOf(ORDER_STATUSES),
  amount: optional(amount),
  amount_minor: optional(z.int('a whole number of minor units')),
  currency,
  click_id: optional(text(65_536)),
  url: optional(text(65_536)),
  cookies: optional(text(65_536)),
  visitor_id: optional(visitorId),
  join_key: optional(joinKey),
  customer_id: optional(visible(255)),
  subscription_id: optional(visible(255)),
  kind: optional(oneOf(ORDER_KINDS)),
  refunded_amount: optional(amount),
  test: optional(yesOrNo),
  placed_at: optional(instant),
  occurred_at: optional(instant),
});

type News = z.output<typeof NEWS>;

export function orderNews(body: unknown, { shop, settings }: Shop, receivedAt: number): OrderNews {
  const news = checked(NEWS, body);
  const visitorIds = [news.visitor_id, visitorIn(news.cookies)].filter((each) => each !== undefined);
  return {
    shop,
    orderId: news.order_id,
    source: 'api',
    status: news.status,
    amount: amountOf(news),
    refunded:
      news.refunded_amount === undefined ? null : money(news.refunded_amount, 'refunded_amount', news),
    currency: news.currency,
    kind: news.kind ?? null,
    test: news.test ?? null,
    placedAt: news.placed_at ?? null,
    occurredAt: news.occurred_at ?? null,
    receivedAt,
    found: foundIn(news, settings.names),
    visitorIds: [...new Set(visitorIds)],
    joinKeys: news.join_key === undefined ? [] : [news.join_key],
    customerId: news.customer_id ?? null,
    subscriptionId: news.subscription_id ?? null,
  };
}

function amountOf(news: News): bigint {
  const decimal = news.amount === undefined ? null : money(news.amount, 'amount', news);
  const minor =
    news.amount_minor === undefined ? null : right(checkedMinor(BigInt(news.amount_minor)), 'amount_minor');
  if (decimal !== null && minor !== null && decimal !== minor) {
    throw new Rejected('invalid', 'amount and amount_minor differ; one of them is enough', 'amount_minor');
  }
  const found = decimal ?? minor;
  if (found === null) throw new Rejected('invalid', 'amount is missing', 'amount');
  return found;
}

function money(decimal: string, field: string, news: News): bigint {
  return right(parseMoney(decimal, news.currency), field);
}

function right(amount: bigint | MoneyProblem, field: string): bigint {
  if (typeof amount === 'bigint') return amount;
  throw new Rejected('invalid', `${field}: ${amount.problem}`, field);
}

/** In the order in which they are weighed. Of the address and the cookies nothing else is read. */
function foundIn(
  { click_id: clickId, url, cookies }: News,
  names: Shop['settings']['names'],
): FoundClickId[] {
  const isStated = clickId !== undefined && clickId.trim() !== '';
  return [
    ...(isStated ? [foundClickId('order.click_id', clickId)] : []),
    ...clickIdsInUrl(url ?? '', names.params),
    ...clickIdsInCookies(cookies ?? '', names.cookies),
  ];
}

/** Other people's cookies are not the shop's mistake: what is no visitor id is passed over. */
function visitorIn(cookies: string | undefined): string | undefined {
  const found = visitorId.safeParse(cookieIn(cookies ?? '', VISITOR_COOKIE));
  return found.success ? found.data : undefined;
}
