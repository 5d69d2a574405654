import type { Command } from 'commander';
import { explained, withJson, withShop, type Shared } from '../explained.ts';
import type { OrderStoryRow } from '../rows.ts';
import type { Tools } from '../tools.ts';
import { orderStory } from './order-story.ts';

export function defineShow(orders: Command, { client, paint, answer }: Tools): void {
  const show = explained(orders.command('show'), {
    summary: 'one order explained',
    about:
      'Tells what the shop said, every trace of a click and why it won or lost, and what Binom was told and answered.',
    examples: [['clickback orders show 1001', 'the story of order 1001']],
  });
  withJson(withShop(show))
    .argument('<order_id>')
    .action(async (orderId: string, options: Shared) => {
      const path = `/v1/shops/${encodeURIComponent(options.shop)}/orders/${encodeURIComponent(orderId)}`;
      const { raw, body } = await client.call<OrderStoryRow>('GET', path);
      answer(options, raw, () => orderStory(body, paint));
    });
}
