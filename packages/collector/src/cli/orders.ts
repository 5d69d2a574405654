import type { Command } from 'commander';
import { explained } from './explained.ts';
import { defineAttach } from './orders/attach.ts';
import { defineList } from './orders/list.ts';
import { defineShow } from './orders/show.ts';
import type { Tools } from './tools.ts';

export function defineOrders(program: Command, tools: Tools): void {
  const orders = explained(program.command('orders'), {
    summary: 'orders, and the story of one',
    about:
      'Lists what shops told of their orders, the newest first, each with the click it belongs to or the reason why it ' +
      'has none. `orders show` tells one order from the first news to what Binom answered.',
    examples: [
      ['clickback orders', 'the latest orders'],
      ['clickback orders --status paid --click no', 'paid orders without a click, with the reasons'],
      ['clickback orders --find 81e60haa86o0b7', 'by order id, click id or visitor id'],
      ['clickback orders show 1001', 'one order explained'],
      ['clickback orders attach 1001 81e60haa86o0b7', 'give it the click you know it belongs to'],
    ],
    more: 'All filters: clickback orders list --help',
  });
  defineList(orders, tools);
  defineShow(orders, tools);
  defineAttach(orders, tools);
}
