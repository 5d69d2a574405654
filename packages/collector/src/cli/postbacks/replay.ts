/** Postbacks sent again. Many at once are shown first, with the money in them; sending them takes a second word. */
import { Option, type Command } from 'commander';
import { explained, withJson, withShop, type Shared } from '../explained.ts';
import { address } from '../layout.ts';
import type { Tools } from '../tools.ts';

interface ReplayOptions extends Shared {
  readonly state?: string;
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** What is on its way cannot be sent again before it has ended. */
const STATES = ['due', 'accepted', 'refused', 'uncertain', 'abandoned', 'skipped'];

export function defineReplay(postbacks: Command, tools: Tools): void {
  const replay = explained(postbacks.command('replay'), {
    summary: 'send one again, or (with --state) many',
    about:
      'Sends postbacks again. One is sent at once. Many are only shown, with the money in them, until you add --yes. ' +
      'Mind that a payout Binom has counted already counts again where "Upsell" is ticked.',
    examples: [
      ['clickback postbacks replay 0192c5a1-...', 'send this one now'],
      ['clickback postbacks replay --state refused --from 2026-11-22T00:00:00Z', 'see what it would be'],
      ['clickback postbacks replay --state refused --from 2026-11-22T00:00:00Z --yes', 'send it'],
    ],
  });
  withJson(withShop(replay))
    .argument('[id]', 'one postback')
    .addOption(new Option('--state <state>', 'all in this state').choices(STATES))
    .option('--from <time>', 'planned at this time or later, such as 2026-11-22T10:00:00Z')
    .option('--to <time>', 'planned before this time')
    .option('--dry-run', 'show what would be sent, and send nothing')
    .option('--yes', 'send many: without it they are only shown')
    .action((id: string | undefined, options: ReplayOptions) => {
      if ((id === undefined) === (options.state === undefined)) replay.error('error: give an id, or --state');
      return id === undefined ? many(tools, options) : one(tools, id, options);
    });
}

interface AgainRow {
  readonly id: string;
  readonly url: string;
  readonly order_ids: readonly string[];
  readonly payout: string;
  readonly currency: string;
}

interface ManyAnswer {
  readonly count: number;
  readonly totals: Readonly<Record<string, string>>;
  readonly postbacks: readonly AgainRow[];
}

async function one({ client, answer }: Tools, id: string, options: ReplayOptions): Promise<void> {
  const { shop, dryRun } = options;
  const path = `/v1/shops/${encodeURIComponent(shop)}/postbacks/${encodeURIComponent(id)}/replay`;
  const { raw, body } = await client.call<AgainRow>('POST', `${path}${dryRun ? '?dry_run=1' : ''}`);
  answer(options, raw, () =>
    dryRun
      ? `This would be sent:\n${line(body)}`
      : `On its way:\n${line(body)}\n\nWhat became of it: clickback postbacks show ${id}`,
  );
}

async function many({ client, answer }: Tools, options: ReplayOptions): Promise<void> {
  const { shop, state, from, to, dryRun, yes } = options;
  const isShown = dryRun === true || yes !== true;
  const path = `/v1/shops/${encodeURIComponent(shop)}/postbacks/replay${isShown ? '?dry_run=1' : ''}`;
  const { raw, body } = await client.call<ManyAnswer>('POST', path, { state, from, to });
  answer(options, raw, () => manyWords(body, isShown));
}

function manyWords({ count, totals, postbacks }: ManyAnswer, isShown: boolean): string {
  if (count === 0) return 'There is nothing to send again.';
  const sums = Object.entries(totals).map(([currency, sum]) => `${sum} ${currency}`);
  const postbacksWords = count === 1 ? '1 postback' : `${count} postbacks`;
  return [
    ...postbacks.map(line),
    `\n${isShown ? 'To be sent' : 'On the way'}: ${postbacksWords}, ${sums.join(' and ')}`,
    ...(isShown ? ['Nothing was sent. Add --yes (and no --dry-run) to send them.'] : []),
  ].join('\n');
}

function line({ order_ids, payout, currency, url }: AgainRow): string {
  return `  order ${order_ids.join(', ')}  ${payout} ${currency}\n${address(url, '    ')}`;
}
