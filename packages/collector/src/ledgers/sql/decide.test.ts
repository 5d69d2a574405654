import { expect, test } from 'vitest';
import { CLICK, MINUTE, newsOf, NOW, OTHER_CLICK, settingsOf } from '../../../test/support/samples.ts';
import type { Click } from '../../core/click.ts';
import type { OrderNews } from '../../core/order.ts';
import { openMemory } from '../memory.ts';

async function setUp() {
  const ledger = openMemory({ secretKey: new Uint8Array(32), tracker: 'binom' });
  const settings = settingsOf({});
  await ledger.saveConnection({ shop: 'main', tracker: 'binom', settings, actor: 'test', now: NOW });
  let beacons = 0;
  return {
    ledger,
    hear: (given: Partial<OrderNews>) => ledger.receiveOrder(newsOf(given)),
    beacon: (given: Partial<Click>) =>
      ledger.recordClick({
        ...{ shop: 'main', beaconId: `b${(beacons += 1)}`, clickId: CLICK, via: 'clickid', visitorId: 'v' },
        ...{ joinKey: null, url: null, ref: null, clickedAt: NOW - MINUTE, receivedAt: NOW },
        ...given,
      }),
    verdict: async (orderId: string) => (await ledger.order('main', orderId))?.order.verdict,
    claim: () =>
      ledger.claimDue({
        ...{ now: NOW, limit: 9, leaseMs: MINUTE, random: 0 },
        policy: { schedule: [0], uncertainWait: 0 },
      }),
  };
}

const FIRST = { orderId: 'first', visitorIds: ['v'], subscriptionId: 's' };
const REBILL = { orderId: 'rebill', kind: 'rebill', subscriptionId: 's' } as const;

test('a rebill that came before the click of its subscription was known gets it', async () => {
  const { hear, beacon, verdict } = await setUp();
  await hear(REBILL);
  await hear(FIRST);
  expect(await verdict('rebill')).toMatchObject({ clickId: null });
  await beacon({});
  expect(await verdict('rebill')).toMatchObject({ clickId: CLICK, via: 'subscription' });
});

test('a rebill nothing was told of follows its subscription to another click', async () => {
  const { ledger, hear, beacon, verdict } = await setUp();
  await beacon({});
  await hear(FIRST);
  await hear(REBILL);
  await beacon({ clickId: OTHER_CLICK, clickedAt: NOW });
  expect(await verdict('first')).toMatchObject({ clickId: OTHER_CLICK });
  expect(await verdict('rebill')).toMatchObject({ clickId: OTHER_CLICK });
  const { orders } = (await ledger.click('main', CLICK))!;
  expect(orders).toEqual([]);
});

test('a rebill that was told stays where it was told', async () => {
  const { ledger, hear, beacon, verdict, claim } = await setUp();
  await beacon({});
  await hear({ ...FIRST, status: 'pending' });
  await hear(REBILL);
  expect((await claim()).claims.map((each) => each.report.orderId)).toEqual(['rebill']);
  await beacon({ clickId: OTHER_CLICK, clickedAt: NOW });
  expect(await verdict('first')).toMatchObject({ clickId: OTHER_CLICK });
  expect(await verdict('rebill')).toMatchObject({ clickId: CLICK });
  expect((await ledger.order('main', 'rebill'))?.order.frozen).toBe(true);
});

test('an order that moves before its first attempt takes its postback along', async () => {
  const { ledger, hear, beacon, claim } = await setUp();
  await beacon({});
  await hear(FIRST);
  await beacon({ clickId: OTHER_CLICK, clickedAt: NOW });
  const states = async (clickId: string) =>
    (await ledger.click('main', clickId))?.postbacks.map((row) => row.state);
  expect([await states(CLICK), await states(OTHER_CLICK)]).toEqual([['skipped'], ['due']]);
  expect((await claim()).claims.map((each) => each.report.clickId)).toEqual([OTHER_CLICK]);
});
