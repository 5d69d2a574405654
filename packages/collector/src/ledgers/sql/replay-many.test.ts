import { beforeEach, describe, expect, it } from 'vitest';
import type { ReplayQuery } from '../../core/ports.ts';
import {
  BY,
  claim,
  connect,
  MINUTE,
  newsOf,
  NOW,
  REFUSED,
  settling,
} from '../../../test/contracts/ledger-samples.ts';
import { type OpenTables, openTables } from '../../../test/support/open-tables.ts';

const SKIPPED: ReplayQuery = {
  ...BY,
  shop: 'main',
  states: ['skipped'],
  from: null,
  to: null,
  dryRun: false,
};

describe('sending many postbacks again', () => {
  let tables: OpenTables;
  beforeEach(() => {
    tables = openTables();
  });

  it('sends nothing where no tracker is connected', async () => {
    await tables.ledger.receiveOrder(newsOf('click-1'));
    expect(await tables.ledger.replayMany(SKIPPED)).toEqual([]);
  });

  it('sends a click’s total once, however many of its orders were skipped, and lists it once in a dry run', async () => {
    const { ledger } = tables;
    for (const orderId of ['1', '2', '3']) await ledger.receiveOrder(newsOf('click-1', { orderId }));
    await connect(ledger, { repeats: 'replaces' });
    const before = tables.everything();
    expect(await ledger.replayMany({ ...SKIPPED, dryRun: true })).toMatchObject([
      { report: { payout: '149.70' } },
    ]);
    expect(tables.everything()).toBe(before);
    expect(await ledger.replayMany(SKIPPED)).toMatchObject([{ report: { payout: '149.70' } }]);
    expect(await claim(ledger)).toHaveLength(1);
    expect(await ledger.replayMany(SKIPPED)).toEqual([]);
  });

  it('leaves out what cannot be sent, and what is on its way', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1', { orderId: 'test', test: true }));
    await ledger.receiveOrder(newsOf('click-2', { orderId: 'flying' }));
    await claim(ledger);
    expect(await ledger.replayMany({ ...SKIPPED, states: ['skipped', 'sending', 'accepted'] })).toEqual([]);
    expect(tables.rows(`SELECT 1 FROM audit WHERE action = 'replay-many'`)).toEqual([]);
  });

  it('is audited once with what was asked for and how many go out', async () => {
    const { ledger } = tables;
    for (const orderId of ['1', '2']) await ledger.receiveOrder(newsOf(`click-${orderId}`, { orderId }));
    await connect(ledger);
    await ledger.replayMany({ ...SKIPPED, from: NOW });
    const [entry, ...others] = tables.rows(`SELECT detail FROM audit WHERE action = 'replay-many'`);
    expect(others).toEqual([]);
    expect(JSON.parse(String(entry?.['detail']))).toEqual({
      states: ['skipped'],
      from: NOW,
      to: null,
      replayed: 2,
    });
  });

  it('goes by the moment of planning: from one up to, not including, another', async () => {
    const { ledger } = tables;
    for (const minute of [0, 1, 2]) {
      const at = { orderId: `${minute}`, receivedAt: NOW + minute * MINUTE };
      await ledger.receiveOrder(newsOf(`click-${minute}`, at));
    }
    await connect(ledger);
    const replayed = await ledger.replayMany({ ...SKIPPED, from: NOW + MINUTE, to: NOW + 2 * MINUTE });
    expect(replayed.map((each) => each.report.orderId)).toEqual(['1']);
  });

  it('sends at most ten thousand at once, the oldest first, and the rest at the next call', async () => {
    const { ledger, rows } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    const [held] = await claim(ledger);
    await ledger.settle(settling(held!, { outcome: REFUSED }));
    multiply(rows, 10_002);
    const query = { ...SKIPPED, states: ['refused'] as const };
    expect(await ledger.replayMany(query)).toHaveLength(10_000);
    const rest = await ledger.replayMany(query);
    expect(rest.map((each) => each.report.orderId)).toEqual(['110000', '110001', '110002']);
    expect(await ledger.replayMany(query)).toEqual([]);
  });
});

/** Copies the one order and its postback, each copy planned a millisecond after the one before. */
function multiply(rows: OpenTables['rows'], copies: number): void {
  const count = `WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < ${copies})`;
  copyRows(rows, 'orders', {
    count,
    order_id: 'n + 100000',
    click_id: `'copy-' || n`,
    created_at: 'created_at + n',
  });
  const postback = {
    id: `'copy-' || n`,
    order_id: 'n + 100000',
    click_id: `'copy-' || n`,
    created_at: 'created_at + n',
  };
  copyRows(rows, 'postbacks', { count, ...postback });
}

function copyRows(rows: OpenTables['rows'], table: string, given: Record<string, string>): void {
  const { count, ...changed } = given;
  const columns = rows(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name));
  const values = columns.map((column) => changed[column] ?? column);
  rows(
    `INSERT INTO ${table} (${columns.join(', ')}) ${count} SELECT ${values.join(', ')} FROM ${table}, copy`,
  );
}
