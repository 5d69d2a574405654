import { expect, it } from 'vitest';
import { BY, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

const key = { shop: 'main', id: 'k-1', hash: 'ab12', label: 'the shop', createdAt: NOW };

it('keys that come and go are audited by name, never by hash', async () => {
  const { ledger, rows } = openTables();
  await ledger.addKey(key, BY);
  await ledger.removeKey('main', 'k-1', BY);
  await ledger.removeKey('main', 'k-1', BY);
  expect(rows('SELECT shop, actor, action, detail FROM audit ORDER BY id')).toEqual([
    { shop: 'main', actor: 'a test', action: 'add-key', detail: '{"id":"k-1","label":"the shop"}' },
    { shop: 'main', actor: 'a test', action: 'remove-key', detail: '{"id":"k-1"}' },
  ]);
});

it('adding a key twice leaves one', async () => {
  const { ledger } = openTables();
  await ledger.addKey(key, BY);
  await ledger.addKey(key, BY);
  expect((await ledger.directory()).keys).toEqual([key]);
});
