import { beforeEach, describe, expect, it } from 'vitest';
import { HEALTHY } from '../../core/connection.ts';
import {
  claim,
  connect,
  MINUTE,
  newsOf,
  NOT_COUNTED,
  NOW,
  REFUSED,
  SECOND,
  settling,
} from '../../../test/contracts/ledger-samples.ts';
import { type OpenTables, openTables } from '../../../test/support/open-tables.ts';

const SOON = { actor: 'a test', now: NOW + SECOND };

describe('resuming a tracker by hand', () => {
  let tables: OpenTables;
  beforeEach(async () => {
    tables = openTables();
    await connect(tables.ledger);
    for (let index = 0; index < 6; index += 1) {
      await tables.ledger.receiveOrder(newsOf(`click-${index}`, { orderId: `${index}` }));
    }
  });

  it('ends a pause with its notice, and what waited goes', async () => {
    const { ledger, rows } = tables;
    const held = await claim(ledger, { limit: 5 });
    for (const each of held) await ledger.settle(settling(each, { outcome: REFUSED }));
    expect(await claim(ledger)).toEqual([]);
    expect(await ledger.resumeConnection('main', 'binom', SOON)).toEqual(HEALTHY);
    expect(await ledger.connections('main')).toMatchObject([{ health: HEALTHY }]);
    expect(await ledger.notices('main')).toEqual([]);
    expect(await claim(ledger)).toHaveLength(1);
    expect(rows(`SELECT at FROM audit WHERE action = 'resume-connection'`)).toEqual([{ at: NOW + SECOND }]);
  });

  it('closes the breaker and makes what waits due now, but for the least waits', async () => {
    const { ledger } = tables;
    const [patient, ...others] = await claim(ledger);
    await ledger.settle(settling(patient!, { outcome: { ...NOT_COUNTED, retryAfterMs: MINUTE } }));
    for (const each of others) await ledger.settle(settling(each, { outcome: NOT_COUNTED }));
    expect(await claim(ledger, { now: NOW + SECOND })).toEqual([]);
    await ledger.resumeConnection('main', 'binom', SOON);
    expect(await claim(ledger, { now: NOW + SECOND })).toHaveLength(5);
    expect(await ledger.postback('main', patient!.postbackId)).toMatchObject({ dueAt: NOW + MINUTE });
  });
});
