import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HandClock } from '../../test/support/hand-clock.ts';
import { CLICK, DAY, HOUR, newsOf, NOW, settingsOf } from '../../test/support/samples.ts';
import { Rejected } from '../core/errors.ts';
import type { Click } from '../core/click.ts';
import type { Happening } from '../core/ports.ts';
import { DEFAULT_SHOP_SETTINGS, type ShopSettings } from '../core/shop.ts';
import { openMemory } from '../ledgers/memory.ts';
import { Directory } from './directory.ts';
import { recordClick } from './record-click.ts';

const BEACON = {
  ...{ v: 1, id: 'b-1', shop: 'main', click_id: CLICK, via: 'clickid', visitor: 'v-1', age: 1200 },
  ...{ url: 'https://me:secret@lander.example/p?clickid=x#y', ref: 'https://news.example/a?b=c' },
};
const BY = { actor: 'test', now: NOW };

async function setUp(settings: Partial<ShopSettings> = {}) {
  const ledger = openMemory({ secretKey: new Uint8Array(32), tracker: 'binom' });
  await ledger.saveShop({ shop: 'main', settings: { ...DEFAULT_SHOP_SETTINGS, ...settings } }, BY);
  await ledger.saveConnection({ ...BY, shop: 'main', tracker: 'binom', settings: settingsOf({}) });
  const directory = new Directory(ledger);
  await directory.refresh();
  const happenings: Happening[] = [];
  const woken = { times: 0 };
  let ids = 0;
  const record = recordClick({
    ...{ ledger, directory, clock: new HandClock(NOW), newId: () => `made-${(ids += 1)}` },
    happen: (happening) => void happenings.push(happening),
    wake: () => void (woken.times += 1),
  });
  const clicks = async (clickId = CLICK): Promise<readonly Click[]> =>
    (await ledger.click('main', clickId))?.beacons ?? [];
  return { ledger, record, happenings, woken, clicks };
}

describe('a beacon', () => {
  test('is stored as a click, without queries, fragments, names and passwords', async () => {
    const { record, clicks, happenings } = await setUp();
    await record(BEACON, null);
    expect(await clicks()).toEqual([
      {
        ...{ shop: 'main', beaconId: 'b-1', clickId: CLICK, via: 'clickid', visitorId: 'v-1', joinKey: null },
        ...{ url: 'https://lander.example/p', ref: 'https://news.example/a' },
        ...{ clickedAt: NOW - 1200, receivedAt: NOW },
      },
    ]);
    expect(happenings).toEqual([
      {
        ...{ what: 'click', shop: 'main', clickId: CLICK, via: 'clickid', fresh: true, at: NOW },
        page: 'https://lander.example/p',
      },
    ]);
  });

  test('that comes again changes nothing', async () => {
    const { record, clicks, happenings } = await setUp();
    await record(BEACON, null);
    await record({ ...BEACON, age: 0 }, null);
    expect(await clicks()).toHaveLength(1);
    expect(happenings.map((each) => each.what === 'click' && each.fresh)).toEqual([true, false]);
  });

  test('without an id is accepted, each time', async () => {
    const { record, clicks } = await setUp();
    await record({ ...BEACON, id: undefined }, null);
    await record({ ...BEACON, id: undefined }, null);
    expect((await clicks()).map((each) => each.beaconId)).toEqual(['made-1', 'made-2']);
  });

  test.each([
    ['of a clock that goes backwards', -5 * HOUR, NOW],
    ['of a clock that is years wrong', 9_999 * DAY, NOW - 400 * DAY],
    ['with a fraction', 0.6, NOW - 1],
    ['without an age', undefined, NOW],
  ])('%s has a click time that can be', async (_words, age, clickedAt) => {
    const { record, clicks } = await setUp();
    await record({ ...BEACON, age }, null);
    expect(await clicks()).toMatchObject([{ clickedAt }]);
  });

  test('that only tells why there is no click is counted, and nothing is stored', async () => {
    const { record, ledger, happenings } = await setUp();
    await record(
      { v: 1, shop: 'main', bad: 'macro', visitor: 'v-1', url: 'https://lander.example/p?x' },
      null,
    );
    expect(happenings).toEqual([
      { what: 'bad-click-id', shop: 'main', page: 'https://lander.example/p', reason: 'macro', at: NOW },
    ]);
    expect((await ledger.summary('main', 0, NOW + DAY)).clicks).toBe(0);
  });

  test.each([
    ['no object', 'hello', ''],
    ['no version', { ...BEACON, v: 2 }, 'v'],
    ['an unusable click id', { ...BEACON, click_id: '{clickid}' }, 'click_id'],
    ['a hostile shop', { ...BEACON, shop: '../main' }, 'shop'],
  ])('that cannot be read is refused with its field: %s', async (_words, body, field) => {
    const { record, happenings } = await setUp();
    await expect(record(body, null)).rejects.toMatchObject({ code: 'invalid', field });
    expect(happenings).toEqual([]);
  });

  test('for a shop that is not there is refused', async () => {
    const { record } = await setUp();
    await expect(record({ ...BEACON, shop: 'other' }, null)).rejects.toMatchObject({
      code: 'not-found',
      field: 'shop',
    });
  });

  test('of any shape is stored or refused, never an error of ours', async () => {
    const { record } = await setUp();
    const field = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant(1), fc.anything());
    const body = fc.oneof(
      fc.anything(),
      fc.dictionary(fc.constantFrom(...Object.keys(BEACON), 'join', 'bad', 'dom'), field).map((given) => ({
        ...BEACON,
        ...given,
      })),
    );
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        await record(given, null).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Rejected);
        });
      }),
    );
  });
});

describe('the origins of a shop', () => {
  test('keep out pages of other sites', async () => {
    const { record, clicks } = await setUp({ origins: ['https://lander.example'] });
    await expect(record(BEACON, 'https://evil.example')).rejects.toMatchObject({ code: 'forbidden-origin' });
    expect(await clicks()).toEqual([]);
    await record(BEACON, 'https://lander.example');
    expect(await clicks()).toHaveLength(1);
  });

  test('do not concern what is not a page, and none listed means any', async () => {
    const listed = await setUp({ origins: ['https://lander.example'] });
    await listed.record(BEACON, null);
    const any = await setUp();
    await any.record(BEACON, 'https://anywhere.example');
    expect([...(await listed.clicks()), ...(await any.clicks())]).toHaveLength(2);
  });
});

describe('a click that comes after its order', () => {
  const order = newsOf({ visitorIds: ['v-1'], joinKeys: ['k-1'] });

  test('of the same visitor attaches to it and wakes the delivery', async () => {
    const { record, ledger, woken } = await setUp();
    await ledger.receiveOrder(order);
    await record(BEACON, null);
    const story = await ledger.order('main', '1001');
    expect(story?.order.verdict).toMatchObject({ clickId: CLICK, via: 'visitor' });
    expect(story?.postbacks).toMatchObject([{ state: 'due', clickId: CLICK }]);
    expect(woken.times).toBe(1);
  });

  test('with its join key attaches to it', async () => {
    const { record, ledger } = await setUp();
    await ledger.receiveOrder(order);
    await record({ ...BEACON, visitor: 'v-2', join: 'k-1' }, null);
    expect((await ledger.order('main', '1001'))?.order.verdict).toMatchObject({
      clickId: CLICK,
      via: 'join_key',
    });
  });

  test('of a visitor whom a later beacon joins to the order attaches to it', async () => {
    const { record, ledger } = await setUp();
    await ledger.receiveOrder({ ...order, visitorIds: [] });
    await record({ ...BEACON, visitor: 'v-2' }, null);
    expect((await ledger.order('main', '1001'))?.order.verdict.clickId).toBeNull();
    await record({ v: 1, id: 'b-2', shop: 'main', visitor: 'v-2', join: 'k-1' }, null);
    expect((await ledger.order('main', '1001'))?.order.verdict).toMatchObject({
      clickId: CLICK,
      via: 'visitor',
    });
  });

  test('of somebody else wakes nobody', async () => {
    const { record, ledger, woken } = await setUp();
    await ledger.receiveOrder(order);
    await record({ ...BEACON, visitor: 'v-2' }, null);
    expect((await ledger.order('main', '1001'))?.order.verdict.clickId).toBeNull();
    expect(woken.times).toBe(0);
  });
});
