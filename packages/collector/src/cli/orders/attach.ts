import type { Command } from 'commander';
import { explained, withJson, withShop, type Shared } from '../explained.ts';
import { wrapped } from '../layout.ts';
import type { Tools } from '../tools.ts';

export function defineAttach(orders: Command, { client, answer }: Tools): void {
  const attach = explained(orders.command('attach'), {
    summary: 'give it a click by hand',
    about:
      'Says which click an order belongs to, where you know it and the collector does not. What is owed for it is sent ' +
      'at once. An order that Binom was told of keeps its click.',
    examples: [['clickback orders attach 1001 81e60haa86o0b7', 'order 1001 came from that click']],
  });
  withJson(withShop(attach))
    .argument('<order_id>')
    .argument('<click_id>')
    .action(async (orderId: string, clickId: string, options: Shared) => {
      const path = `/v1/shops/${encodeURIComponent(options.shop)}/orders/${encodeURIComponent(orderId)}/attach`;
      const { raw } = await client.call('POST', path, { click_id: clickId });
      answer(options, raw, () =>
        wrapped(`Order ${orderId} belongs to click ${clickId} now. See: clickback orders show ${orderId}`),
      );
    });
}
