import type { Command } from 'commander';
import { keysFileIn, readKeys } from '../config/key-files.ts';
import { dataFolderOf } from './admin-token.ts';
import { explained, withJson, withShop } from './explained.ts';
import { table } from './layout.ts';
import { dayAndTime } from './moments.ts';
import type { Tools } from './tools.ts';

interface KeyRow {
  readonly id: string;
  readonly label: string;
  readonly created_at: string;
}

interface Options {
  readonly shop: string;
  readonly json?: true;
}

export function defineKeys(program: Command, tools: Tools): void {
  const keys = explained(program.command('keys'), {
    summary: "keys of a shop's server, and where the admin token is",
    about:
      "A shop's server tells the collector of orders with an API key of its shop. Keys are shown once, when they are " +
      'made; the collector keeps only their hashes. The admin token, which these commands use, is no such key: it is ' +
      'ADMIN_TOKEN of the environment, else it stands in keys.txt in the data folder.',
    examples: [
      ['clickback keys', 'list the keys of shop main, and where the admin token is'],
      ['clickback keys create --label "the checkout"', 'make one; it is shown this once'],
      ['clickback keys revoke 0192c5a1-3f6e-7c1d-9a55-0c8b6a1f2d3e', 'that key opens nothing any more'],
    ],
  });
  const lists = explained(keys.command('list', { isDefault: true }), {
    summary: 'list them (the default)',
    about: 'Lists the keys of a shop, without the keys themselves, and says where the admin token is.',
    examples: [['clickback keys --shop outlet', 'of another shop']],
  });
  withJson(withShop(lists)).action((options: Options) => list(tools, options));
  const creates = explained(keys.command('create'), {
    summary: 'make one, and show it this once',
    about: "Makes a key for a shop's server. It is shown this once: the collector keeps only its hash.",
    examples: [['clickback keys create --label "the checkout"', 'and say what it is for']],
  });
  withJson(withShop(creates))
    .option('--label <text>', 'what it is for', '')
    .action((options: Options & { label: string }) => create(tools, options));
  const revokes = explained(keys.command('revoke'), {
    summary: 'take one away',
    about: 'Takes a key away: from now on it opens nothing any more.',
    examples: [['clickback keys revoke 0192c5a1-...', 'the id is in the list']],
  });
  withJson(withShop(revokes))
    .argument('<id>', 'the id from the list')
    .action((id: string, options: Options) => revoke(tools, id, options));
}

async function list({ client, terminal, answer }: Tools, options: Options): Promise<void> {
  const { raw, body } = await client.call<{ api_keys: readonly KeyRow[] }>('GET', pathOf(options.shop));
  const rows = body.api_keys.map(({ id, label, created_at }) => [id, dayAndTime(created_at), label]);
  answer(options, raw, () =>
    [table([['KEY', 'MADE', 'FOR'], ...rows]), '', `Admin token: ${placeOfToken(terminal.env)}`].join('\n'),
  );
}

function placeOfToken(env: Tools['terminal']['env']): string {
  if (env['ADMIN_TOKEN']?.trim()) return 'ADMIN_TOKEN of the environment';
  const folder = dataFolderOf(env);
  return readKeys(folder).ADMIN_TOKEN === undefined ? 'not found' : keysFileIn(folder);
}

async function create({ client, answer }: Tools, options: Options & { label: string }): Promise<void> {
  const { shop, label } = options;
  const { raw, body } = await client.call<KeyRow & { key: string }>('POST', pathOf(shop), { label });
  answer(options, raw, () =>
    [
      body.key,
      '',
      `This is the only time it is shown. Its id is ${body.id}.`,
      "The shop's server sends it as: Authorization: Bearer <key>",
    ].join('\n'),
  );
}

async function revoke({ client, answer }: Tools, id: string, options: Options): Promise<void> {
  await client.call('DELETE', `${pathOf(options.shop)}/${encodeURIComponent(id)}`);
  answer(options, { revoked: id }, () => `Key ${id} opens nothing any more.`);
}

function pathOf(shop: string): string {
  return `/v1/shops/${encodeURIComponent(shop)}/api-keys`;
}
