import { text } from 'node:stream/consumers';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { connectionChange, type ConnectOptions } from './connect/connection-change.ts';
import { connectionWords, OFFER_CHECKLIST } from './connect/connection-words.ts';
import { explained, withJson, withShop } from './explained.ts';
import { Failed } from './failed.ts';
import { address, wrapped } from './layout.ts';
import type { ConnectionRow } from './rows.ts';
import type { Tools } from './tools.ts';

export function defineConnect(program: Command, tools: Tools): void {
  const connect = program
    .command('connect')
    .summary('connect a shop to its Binom')
    .description('Connects a tracker.');
  const binom = explained(connect.command('binom'), {
    summary: 'connect a shop to its Binom, or change that',
    about:
      'Tells the collector which Binom a shop reports to. Paste the domain, or any click or postback URL of that Binom: ' +
      'what was understood is shown. What you do not mention stays as it is; without any option the connection is ' +
      'shown. Nothing that waits is lost: it goes to the new place.',
    examples: [
      ['clickback connect binom --domain https://track.example/click.php', 'connect it'],
      ['clickback connect binom --repeats replaces', '"Upsell" is not ticked in your offers'],
      ['clickback connect binom --status refunded=3 --status pending=2', 'report more than sales'],
      ["clickback connect binom --extra 't1={order_id}'", 'send the order id in a token of yours'],
      ['clickback connect binom --test 81e60haa86o0b7', 'send a test for a click of your own'],
      ['clickback connect binom --disable', 'hold what waits, for now'],
      ['clickback connect binom --api-key-stdin < key.txt', "keep Binom's own API key, sealed"],
    ],
    more: `${OFFER_CHECKLIST}\n\n${ABOUT_TESTS}`,
  });
  withOptions(withJson(withShop(binom))).action((options: ConnectOptions) => run(tools, options));
}

const ABOUT_TESTS = `A test tells Binom a payout of 0 for the click and asks it not to tell the ad
network. Use a fresh click of your own: one whose order was reported is refused,
for its payout could be overwritten, and a made-up one proves only that a server
answers.`;

const NEWS = ['pending', 'refunded', 'cancelled', 'disputed', 'rebill'];

function withOptions(command: Command): Command {
  return command
    .option('--domain <pasted>', 'the domain, or any click or postback URL')
    .option('--click-path <path>', 'its click file: /click.php, in Binom v2 /click')
    .option('--conversion-type <text>', 'the status of a sale')
    .option('--fixed-payout <amount>', 'reported for every order; none takes it back')
    .option('--fixed-payout-currency <code>', 'its currency; else that of the order')
    .option('--percent <number>', 'the share of the amount that is reported; or none')
    .addOption(
      new Option('--repeats <what>', 'what Binom does with a second payout for a click').choices([
        'adds',
        'replaces',
        'unknown',
      ]),
    )
    .option('--status <news=text>', `the status of other news: ${NEWS.join(', ')}`, status)
    .option('--extra <name=value>', 'a parameter of your own; may hold {order_id}, {kind}', pair)
    .option('--in-flight <number>', 'how many postbacks at once')
    .addOption(new Option('--enable', 'send what was held').conflicts('disable'))
    .option('--disable', 'hold what is due')
    .option('--resume', 'go on after a pause')
    .option('--api-key-stdin', "read Binom's API key from standard input")
    .option('--test <click_id>', 'send one test postback now');
}

type Pairs = Readonly<Record<string, string>>;

function pair(given: string, before: Pairs = {}): Pairs {
  const at = given.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected name=value.');
  return { ...before, [given.slice(0, at)]: given.slice(at + 1) };
}

function status(given: string, before: Pairs = {}): Pairs {
  if (NEWS.includes(given.split('=')[0] ?? '')) return pair(given, before);
  throw new InvalidArgumentError(`Expected one of ${NEWS.join(', ')}, then = and a text.`);
}

async function run(tools: Tools, options: ConnectOptions): Promise<void> {
  const path = `/v1/shops/${encodeURIComponent(options.shop)}/trackers/binom`;
  const known = await knownConnection(tools, path);
  const key = options.apiKeyStdin ? await keyFrom(tools) : undefined;
  const change = connectionChange(known, options, key);
  if (known === null && options.domain === undefined) {
    throw new Failed(
      `Shop ${options.shop} is not connected to a Binom yet. Connect it:\n` +
        'clickback connect binom --domain <any click or postback URL of your Binom>',
    );
  }
  if (change !== null) await save(tools, path, { options, change });
  if (options.resume) await tools.client.call('POST', `${path}/resume`);
  if (options.test !== undefined) return test(tools, `${path}/test`, options);
  if (change === null) await show(tools, path, options);
}

async function knownConnection({ client }: Tools, path: string): Promise<ConnectionRow | null> {
  try {
    return (await client.call<ConnectionRow>('GET', path)).raw as ConnectionRow;
  } catch (error) {
    if (error instanceof Failed && error.code === 'not-found') return null;
    throw error;
  }
}

async function keyFrom({ terminal }: Tools): Promise<string> {
  const key = (await text(terminal.input)).trim();
  if (key === '') throw new Failed('There was no API key on standard input.');
  return key;
}

interface Saving {
  readonly options: ConnectOptions;
  readonly change: Record<string, unknown>;
}

type SavedRow = ConnectionRow & { readonly warnings: readonly string[] };

async function save(
  { client, paint, answer }: Tools,
  path: string,
  { options, change }: Saving,
): Promise<void> {
  const { raw, body } = await client.call<SavedRow>('PUT', path, change);
  // One JSON value an answer: with --test that is the test's.
  if (options.json && options.test !== undefined) return;
  answer(options, raw, () =>
    [
      connectionWords(body, options.shop, paint),
      ...body.warnings.map((warning) => wrapped(`! ${warning}`, '  ')),
      `\n${OFFER_CHECKLIST}`,
      ...(options.test === undefined
        ? ['\nThen: clickback connect binom --test <a click id of yours>']
        : ['']),
    ].join('\n'),
  );
}

async function show({ client, paint, answer }: Tools, path: string, options: ConnectOptions): Promise<void> {
  const { raw, body } = await client.call<ConnectionRow>('GET', path);
  answer(options, raw, () => connectionWords(body, options.shop, paint));
}

interface TestAnswer {
  readonly url: string;
  readonly status: number | null;
  readonly body: string | null;
  readonly ms: number;
  readonly verdict: string;
  readonly words: string;
}

async function test({ client, answer }: Tools, path: string, options: ConnectOptions): Promise<void> {
  const { raw, body } = await client.call<TestAnswer>('POST', path, { click_id: options.test, payout: '0' });
  answer(options, raw, () => {
    const said =
      body.status === null ? '' : `${body.status} in ${Math.round(body.ms)} ms: ${body.body ?? ''}`;
    return [
      address(body.url),
      ...(said === '' ? [] : [wrapped(said.slice(0, 400), '  ')]),
      wrapped(`${body.words}.`),
    ].join('\n');
  });
  if (body.verdict !== 'accepted') throw new Failed('The test was not accepted.');
}
