import { Option, type Command } from 'commander';
import { explained, withJson, withPages, withShop, type Paged } from '../explained.ts';
import { table } from '../layout.ts';
import { dayAndTime } from '../moments.ts';
import type { OrderRow } from '../rows.ts';
import type { Tools } from '../tools.ts';
import { noClickWords, placeWords } from '../words.ts';

interface Filter extends Paged {
  readonly status?: string;
  readonly click?: 'yes' | 'no';
  readonly find?: string;
}

interface Listed {
  readonly orders: readonly OrderRow[];
  readonly cursor: string | null;
}

const STATUSES = ['pending', 'paid', 'partially_refunded', 'disputed', 'cancelled', 'refunded'];

export function defineList(orders: Command, { client, answer }: Tools): void {
  const list = explained(orders.command('list', { isDefault: true }), {
    summary: 'list them (the default)',
    about: 'Lists orders, the newest first, each with its click or the reason why it has none.',
    examples: [
      ['clickback orders --limit 100', 'more of them'],
      ['clickback orders --status refunded', 'only refunded ones'],
    ],
  });
  withPages(withJson(withShop(list)))
    .addOption(new Option('--status <status>', 'only these').choices(STATUSES))
    .addOption(new Option('--click <yes|no>', 'only orders with a click, or without').choices(['yes', 'no']))
    .option('--find <id>', 'an order id, a click id or a visitor id, whole')
    .action(async (filter: Filter) => {
      const path = `/v1/shops/${encodeURIComponent(filter.shop)}/orders?${queryOf(filter).toString()}`;
      const { raw, body } = await client.call<Listed>('GET', path);
      answer(filter, raw, () => listed(body));
    });
}

function queryOf({ status, click, find, limit, cursor }: Filter): URLSearchParams {
  return new URLSearchParams({
    ...(status === undefined ? {} : { status }),
    ...(click === undefined ? {} : { attributed: String(click === 'yes') }),
    ...(find === undefined ? {} : { q: find }),
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  });
}

function listed({ orders, cursor }: Listed): string {
  if (orders.length === 0) return 'No orders.';
  const rows = [['PLACED', 'ORDER', 'STATUS', 'AMOUNT', 'CUR', 'CLICK'], ...orders.map(rowOf)];
  const more = cursor === null ? '' : `\n\nMore: clickback orders --cursor ${cursor}`;
  return `${table(rows, { right: [3] })}${more}`;
}

function rowOf(order: OrderRow): string[] {
  const { click_id, via, no_click_reason } = order;
  const click =
    click_id === null
      ? `none: ${noClickWords(no_click_reason ?? '')}`
      : `${click_id}, ${placeWords(via ?? '')}`;
  const status = `${order.status}${order.test ? ' (test)' : ''}`;
  return [dayAndTime(order.placed_at), order.order_id, status, order.amount, order.currency, click];
}
