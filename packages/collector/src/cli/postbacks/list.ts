import { Option, type Command } from 'commander';
import { explained, withJson, withPages, withShop, type Paged } from '../explained.ts';
import { table } from '../layout.ts';
import { dayAndTime } from '../moments.ts';
import type { PostbackRow } from '../rows.ts';
import type { Tools } from '../tools.ts';
import { stateWords } from '../words.ts';

interface Filter extends Paged {
  readonly state?: string;
}

interface Listed {
  readonly postbacks: readonly PostbackRow[];
  readonly cursor: string | null;
}

const STATES = ['due', 'sending', 'accepted', 'refused', 'uncertain', 'abandoned', 'skipped'];

export function defineList(postbacks: Command, { client, answer }: Tools): void {
  const list = explained(postbacks.command('list', { isDefault: true }), {
    summary: 'list them (the default)',
    about: 'Lists postbacks, the newest first, each with its state in words.',
    examples: [['clickback postbacks --state uncertain', 'what got no answer and waits for your word']],
  });
  withPages(withJson(withShop(list)))
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .action(async (filter: Filter) => {
      const { shop, state, limit, cursor } = filter;
      const query = new URLSearchParams({
        ...(state === undefined ? {} : { state }),
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const path = `/v1/shops/${encodeURIComponent(shop)}/postbacks?${query.toString()}`;
      const { raw, body } = await client.call<Listed>('GET', path);
      answer(filter, raw, () => listed(body));
    });
}

function listed({ postbacks, cursor }: Listed): string {
  if (postbacks.length === 0) return 'No postbacks.';
  const rows = [['WHEN', 'ORDER', 'PAYOUT', 'CUR', 'STATE'], ...postbacks.map(rowOf)];
  return [
    table(rows, { right: [2] }),
    '',
    'Ids: clickback postbacks --json, or clickback orders show <order>',
    ...(cursor === null ? [] : [`More: clickback postbacks --cursor ${cursor}`]),
  ].join('\n');
}

function rowOf(postback: PostbackRow): string[] {
  const { updated_at, order_ids, payout, currency, due_at } = postback;
  const next = due_at === null ? '' : `, next try ${dayAndTime(due_at)}`;
  const [order = '–', ...others] = order_ids;
  const orders = others.length === 0 ? order : `${order} +${others.length}`;
  return [dayAndTime(updated_at), orders, payout ?? '–', currency ?? '', `${stateWords(postback)}${next}`];
}
