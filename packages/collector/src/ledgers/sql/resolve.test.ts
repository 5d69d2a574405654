import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONNECTION_SETTINGS } from '../../core/connection.ts';
import {
  BY,
  claim,
  connect,
  MINUTE,
  newsOf,
  NOW,
  settling,
  UNKNOWN,
} from '../../../test/contracts/ledger-samples.ts';
import { type OpenTables, openTables } from '../../../test/support/open-tables.ts';

describe('settling by hand what nobody knows', () => {
  let tables: OpenTables;
  let postbackId: string;

  /** A payment that left without an answer, and was given back to the customer meanwhile. */
  beforeEach(async () => {
    tables = openTables();
    const { ledger } = tables;
    await connect(ledger, {
      repeats: 'adds',
      statuses: { ...DEFAULT_CONNECTION_SETTINGS.statuses, refunded: 'refund' },
    });
    await ledger.receiveOrder(newsOf('click-1'));
    const [held] = await claim(ledger);
    postbackId = held!.postbackId;
    await ledger.settle(settling(held!, { outcome: UNKNOWN }));
    await ledger.receiveOrder(newsOf('click-1', { status: 'refunded', receivedAt: NOW + MINUTE }));
  });

  const word = (as: 'accepted' | 'abandoned') =>
    tables.ledger.resolve({ ...BY, shop: 'main', postbackId, as });

  it('sends the correction that waited for the word, once it is said to have counted', async () => {
    expect(await claim(tables.ledger)).toEqual([]);
    await word('accepted');
    expect(await claim(tables.ledger)).toMatchObject([{ report: { status: 'refund', correction: true } }]);
  });

  it('sends no correction of what did not count', async () => {
    await word('abandoned');
    expect(await claim(tables.ledger)).toEqual([]);
  });

  it('takes back the notice and writes down who said it', async () => {
    await word('abandoned');
    expect(await tables.ledger.notices('main')).toEqual([]);
    expect(await word('accepted')).toBe('wrong-state');
    expect(tables.rows(`SELECT actor, detail FROM audit WHERE action = 'resolve'`)).toEqual([
      { actor: 'a test', detail: JSON.stringify({ postbackId, as: 'abandoned' }) },
    ]);
  });

  it('counts the money of an accepted one as told, so that a raised amount sends the difference', async () => {
    const { ledger } = tables;
    const raised = {
      status: 'paid',
      amount: 6000n,
      occurredAt: NOW + 2 * MINUTE,
      receivedAt: NOW + 2 * MINUTE,
    } as const;
    await ledger.receiveOrder(newsOf('click-1', raised));
    await word('accepted');
    expect(await claim(ledger, { now: NOW + 3 * MINUTE })).toMatchObject([{ report: { payout: '10.10' } }]);
  });
});
