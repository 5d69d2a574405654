import { expect, it } from 'vitest';
import {
  BY,
  claim,
  connect,
  MINUTE,
  newsOf,
  NOT_COUNTED,
  NOW,
  settling,
} from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

it('the gauges count open breakers of connected trackers, what waits since when, and not what was accepted', async () => {
  const { ledger } = openTables();
  await connect(ledger);
  for (let index = 0; index < 7; index += 1) {
    await ledger.receiveOrder(newsOf(`click-${index}`, { orderId: `${index}`, receivedAt: NOW + index }));
  }
  const [first, ...others] = await claim(ledger, { now: NOW + MINUTE, limit: 6 });
  await ledger.settle(settling(first!));
  for (const held of others) await ledger.settle(settling(held, { outcome: NOT_COUNTED }));
  const gauges = await ledger.gauges();
  const byState = { due: 6, sending: 0, refused: 0, uncertain: 0, abandoned: 0, skipped: 0 };
  expect(gauges).toEqual({ byState, oldestDueAt: expect.any(Number), pausedTrackers: 0, openBreakers: 1 });
  await ledger.removeConnection('main', 'binom', BY);
  expect(await ledger.gauges()).toMatchObject({
    byState: { skipped: 6 },
    oldestDueAt: null,
    openBreakers: 0,
  });
});
