import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals } from './add-decimals.ts';
import { applyPostback, type Conversion, type Postback } from './apply-postback.ts';

const CLICK = '81e60haa86o0b7';

function applyAll(postbacks: readonly Omit<Postback, 'clickId'>[], upsell: boolean): Conversion {
  let row: Conversion | undefined;
  for (const postback of postbacks) row = applyPostback(row, { clickId: CLICK, ...postback }, { upsell });
  if (row === undefined) throw new Error('no postback given');
  return row;
}

describe('one conversion row per click', () => {
  test('the first postback makes the row', () => {
    const row = applyAll([{ payout: '49.90', currency: 'EUR', status: '1' }], false);
    expect(row).toMatchObject({
      clickId: CLICK,
      payout: '49.90',
      currency: 'EUR',
      status: '1',
      postbacks: 1,
    });
  });

  test('with the Upsell box ticked payouts add up', () => {
    expect(applyAll([{ payout: '49.90' }, { payout: '0.10' }], true).payout).toBe('50.00');
  });

  test('without the Upsell box the last payout stands', () => {
    expect(applyAll([{ payout: '49.90' }, { payout: '10' }], false).payout).toBe('10');
  });

  test.each([true, false])('a payout left out leaves the payout as it was (upsell: %s)', (upsell) => {
    expect(applyAll([{ payout: '49.90' }, { status: 'refund' }], upsell)).toMatchObject({
      payout: '49.90',
      status: 'refund',
    });
  });

  test('a status or currency left out stays as it was', () => {
    const first = { payout: '1', currency: 'EUR', status: 'lead', status2: 'new' };
    expect(applyAll([first, { payout: '2' }], false)).toMatchObject({ ...first, payout: '2' });
  });

  test('a payout that never came is nothing', () => {
    expect(applyAll([{ status: 'lead' }], true)).toMatchObject({ payout: '0', currency: null });
  });

  test('events are set or added to, and tokens kept', () => {
    const row = applyAll(
      [
        { events: { event1: '5' }, tokens: { order: '1001' } },
        { addEvents: { event1: '-1.5', event9: '2' } },
      ],
      false,
    );
    expect(row.events).toEqual({ event1: '3.5', event9: '2' });
    expect(row.tokens).toEqual({ order: '1001' });
  });

  test('the row given is not changed', () => {
    const row = applyAll([{ payout: '1', events: { event1: '1' } }], true);
    const before = structuredClone(row);
    applyPostback(row, { clickId: CLICK, payout: '2', addEvents: { event1: '1' } }, { upsell: true });
    expect(row).toEqual(before);
  });
});

describe('any series of payouts', () => {
  const payouts = fc.array(
    fc.option(
      fc
        .tuple(fc.nat(), fc.integer({ min: 0, max: 999 }))
        .map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`),
      { nil: undefined },
    ),
    { minLength: 1, maxLength: 30 },
  );
  const series = (given: readonly (string | undefined)[]) =>
    given.map((payout) => (payout === undefined ? {} : { payout }));

  test('is worth its exact sum where payouts add', () => {
    fc.assert(
      fc.property(payouts, (given) => {
        const sum = given.reduce<string>((total, payout) => addDecimals(total, payout ?? '0'), '0');
        expect(applyAll(series(given), true).payout).toBe(sum);
      }),
    );
  });

  test('is worth its last payout where payouts replace', () => {
    fc.assert(
      fc.property(payouts, (given) => {
        const last = given.findLast((payout) => payout !== undefined);
        expect(applyAll(series(given), false).payout).toBe(last ?? '0');
      }),
    );
  });
});
