import { expect, it } from 'vitest';
import { click, DAY, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

it('forgetting goes through every shop, the oldest clicks first, and takes joins without a click along', async () => {
  const { ledger, rows } = openTables();
  const beacon = (shop: string, days: number, clickId: string | null = `${shop}-${days}`) =>
    ledger.recordClick(click({ shop, clickId, receivedAt: NOW - days * DAY }));
  await beacon('main', 95);
  await beacon('main', 100);
  await beacon('second', 100, null);
  await beacon('third', 80);
  const left = () =>
    rows('SELECT shop, click_id FROM beacons ORDER BY received_at').map((row) => row['click_id']);
  expect(await ledger.forgetClicks(NOW - 90 * DAY, 1)).toBe(1);
  expect(left()).toEqual([null, 'main-95', 'third-80']);
  expect(await ledger.forgetClicks(NOW - 90 * DAY, 10)).toBe(2);
  expect(left()).toEqual(['third-80']);
});
