import type { Command } from 'commander';
import { explained, withJson, withShop } from './explained.ts';
import { Failed } from './failed.ts';
import type { Tools } from './tools.ts';

interface Options {
  readonly shop: string;
  readonly json?: true;
  readonly yes?: true;
  readonly order?: string;
  readonly click?: string;
  readonly visitor?: string;
}

export function defineErase(program: Command, tools: Tools): void {
  const erase = explained(program.command('erase'), {
    summary: 'remove a person, and keep the sums',
    about:
      'Removes what could lead to one person: click ids, visitor ids, order keys and customer ids of everything that ' +
      'hangs together with the one id you give. Amounts stay, so that your sums stay right. News that comes later about ' +
      'an erased order is not kept. There is no way back; what Binom was told, only Binom can remove.',
    examples: [
      ['clickback erase --order 1001 --yes', 'the person behind an order'],
      ['clickback erase --visitor 0192c5a0-... --yes', 'a visitor, by the id in the cookie _cbv'],
    ],
  });
  withJson(withShop(erase))
    .option('--order <order_id>', 'the person behind this order')
    .option('--click <click_id>', 'the person behind this click')
    .option('--visitor <visitor_id>', 'this visitor')
    .option('--yes', 'do it')
    .action(async (options: Options) => {
      const { shop, yes } = options;
      const given = { order_id: options.order, click_id: options.click, visitor_id: options.visitor };
      const person = Object.fromEntries(Object.entries(given).filter(([, id]) => id !== undefined));
      if (Object.keys(person).length !== 1) erase.error('error: give one of --order, --click and --visitor');
      if (!yes) throw new Failed('Nothing was erased. There is no way back: add --yes to do it.');
      const path = `/v1/shops/${encodeURIComponent(shop)}/erase`;
      const { raw, body } = await tools.client.call<Answer>('POST', path, person);
      const { orders, beacons } = body.erased;
      tools.answer(
        options,
        raw,
        () => `Erased: the person behind ${orders} orders and ${beacons} beacons. The amounts stay.`,
      );
    });
}

interface Answer {
  readonly erased: { readonly orders: number; readonly beacons: number };
}
