import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLICK, DAY, MINUTE, NOW, orderOf, OTHER_CLICK } from '../../test/support/samples.ts';
import { attribute, type BeaconedClick, type Evidence, type Kin } from './attribution.ts';
import type { Order } from './order.ts';
import { DEFAULT_SHOP_SETTINGS, type ShopSettings } from './shop.ts';
import type { Verdict } from './verdict.ts';

interface Given {
  readonly order?: Partial<Order>;
  readonly settings?: Partial<ShopSettings>;
  readonly beacons?: readonly BeaconedClick[];
  readonly kin?: readonly Kin[];
}

const NONE: Verdict = { clickId: null, via: null, reason: 'no-click', candidates: [] };

function evidenceOf({ order, settings, beacons = [], kin = [] }: Given): Evidence {
  return {
    order: orderOf({ verdict: NONE, ...order }),
    settings: { ...DEFAULT_SHOP_SETTINGS, ...settings },
    beacons,
    kin,
  };
}

const judge = (given: Given) => attribute(evidenceOf(given));
const found = (via: string, value: string) => ({ via, value });
const joined = (clickId: string, clickedAt = NOW, joinKey = 'k') => ({ clickId, joinKey, clickedAt });
const seen = (clickId: string, clickedAt = NOW) => ({ clickId, joinKey: null, clickedAt });
const kin = (via: Kin['via'], clickId: string, placedAt = NOW) => ({ via, clickId, placedAt });
const outcomes = ({ candidates }: Verdict) => candidates.map((each) => `${each.clickId} ${each.outcome}`);

/** One piece of evidence of every kind, the strongest first, each for a click of its own. */
const RANKS: readonly Given[] = [
  { order: { attached: 'c0' } },
  { order: { found: [found('order.click_id', 'c1')] } },
  { order: { found: [found('url.clickid', 'c2')] } },
  { order: { found: [found('url.click_id', 'c3')] } },
  { order: { found: [found('cookie._binom', 'c4')] } },
  { order: { found: [found('cookie.binom', 'c5')] } },
  { beacons: [joined('c6')] },
  { beacons: [seen('c7')] },
  { kin: [kin('subscription', 'c8')] },
  { kin: [kin('customer', 'c9')] },
];
const VIA = [
  ...['operator', 'order.click_id', 'url.clickid', 'url.click_id', 'cookie._binom', 'cookie.binom'],
  ...['join_key', 'visitor', 'subscription', 'customer'],
];

function together(ranks: readonly number[]): Given {
  const all = ranks.map((rank) => RANKS[rank]!);
  return {
    order: {
      kind: 'rebill',
      attached: all.find((each) => each.order?.attached != null)?.order?.attached ?? null,
      found: all.flatMap((each) => each.order?.found ?? []),
    },
    beacons: all.flatMap((each) => each.beacons ?? []),
    kin: all.flatMap((each) => each.kin ?? []),
  };
}

describe('the order of what counts', () => {
  test.each(RANKS.map((_, rank) => [VIA[rank]!, rank] as const))('%s wins over all below it', (via, rank) => {
    const below = RANKS.map((_, index) => index).slice(rank);
    const verdict = judge(together(below.toReversed()));
    expect(verdict).toMatchObject({ clickId: `c${rank}`, via, reason: null });
    expect(verdict.candidates.map((each) => each.via)).toEqual(VIA.slice(rank));
    expect(verdict.candidates.map((each) => each.outcome)).toEqual([
      'won',
      ...below.slice(1).map(() => 'outranked'),
    ]);
  });

  test('holds for any set of evidence, in whatever order it came', () => {
    const ranks = fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(ranks, (given) => {
        expect(judge(together(given)).clickId).toBe(`c${Math.min(...given)}`);
      }),
    );
  });

  test('weaker evidence never takes the click from stronger', () => {
    const subsets = fc.tuple(
      fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1 }),
      fc.uniqueArray(fc.nat({ max: 9 })),
    );
    fc.assert(
      fc.property(subsets, ([given, added]) => {
        const strongest = Math.min(...given);
        const weaker = added.filter((rank) => rank > strongest && !given.includes(rank));
        expect(judge(together([...given, ...weaker])).clickId).toBe(`c${strongest}`);
      }),
    );
  });

  test('follows the names a shop chose', () => {
    const order = { found: [found('cookie.c', 'a'), found('url.sub2', 'b'), found('url.sub1', 'd')] };
    const settings = { names: { params: ['sub1', 'sub2'], cookies: ['c'] } };
    expect(outcomes(judge({ order, settings }))).toEqual(['d won', 'b outranked', 'a outranked']);
  });

  test('of two pieces of news takes the newer one, which stands first', () => {
    const order = { found: [found('url.clickid', 'new'), found('url.clickid', 'old')] };
    expect(outcomes(judge({ order }))).toEqual(['new won', 'old outranked']);
  });
});

describe('an unusable click id', () => {
  test.each([
    '{clickid}',
    '%7Bclickid%7D',
    '[clickid]',
    '${clickid}',
    'OPTIONAL',
    'null',
    'a b',
    'a'.repeat(129),
  ])('%s loses and leaves the place to the next', (value) => {
    const order = { found: [found('order.click_id', value), found('cookie.binom', CLICK)] };
    const verdict = judge({ order });
    expect(verdict).toMatchObject({ clickId: CLICK, via: 'cookie.binom' });
    expect(verdict.candidates[0]).toMatchObject({ clickId: value, outcome: 'bad-click-id' });
  });

  test('is the reason when there is nothing better', () => {
    expect(judge({ order: { found: [found('url.clickid', 'null')] } })).toMatchObject({
      clickId: null,
      reason: 'bad-click-id',
    });
  });

  test('keeps its case and loses the spaces around it', () => {
    expect(judge({ order: { found: [found('order.click_id', ' AbC ')] } }).clickId).toBe('AbC');
  });
});

describe('when a beaconed click was made', () => {
  test.each([
    ['5 minutes after the order', 5 * MINUTE, 'won'],
    ['a little later', 5 * MINUTE + 1, 'click-after-order'],
    ['30 days before', -30 * DAY, 'won'],
    ['a little earlier', -30 * DAY - 1, 'click-too-old'],
  ])('%s: %i ms, it %s', (_words, offset, outcome) => {
    for (const each of [seen(CLICK, NOW + offset), joined(CLICK, NOW + offset)]) {
      const verdict = judge({ beacons: [each] });
      expect(verdict.candidates).toMatchObject([{ clickedAt: NOW + offset, outcome }]);
      expect(verdict).toMatchObject(
        outcome === 'won' ? { clickId: CLICK } : { clickId: null, reason: outcome },
      );
    }
  });

  test('is measured from the moment the order was placed, with the window of the shop', () => {
    const beacons = [seen(CLICK, NOW - 8 * DAY)];
    expect(judge({ beacons, settings: { windowDays: 7 } }).reason).toBe('click-too-old');
    expect(judge({ beacons, settings: { windowDays: 7 }, order: { placedAt: NOW - DAY } }).clickId).toBe(
      CLICK,
    );
  });

  test('does not matter for a click id the shop itself sent', () => {
    const verdict = judge({ order: { found: [found('cookie._binom', CLICK)], placedAt: 0 } });
    expect(verdict).toMatchObject({ clickId: CLICK, candidates: [{ clickedAt: null }] });
  });
});

describe('several clicks of one visitor', () => {
  const beacons = [seen('middle', NOW - 2), seen('last', NOW - 1), seen('first', NOW - 3)];

  test('the last one wins', () => {
    expect(outcomes(judge({ beacons }))).toEqual([
      'last won',
      'middle not-the-last-click',
      'first not-the-last-click',
    ]);
  });

  test('or the first, where the shop says so', () => {
    expect(outcomes(judge({ beacons, settings: { prefer: 'first' } }))).toEqual([
      'first won',
      'middle not-the-first-click',
      'last not-the-first-click',
    ]);
  });

  test('one outside the window or after the order is passed over', () => {
    const tooLate = [...beacons, seen('late', NOW + DAY), seen('old', NOW - 31 * DAY)];
    expect(judge({ beacons: tooLate }).clickId).toBe('last');
    expect(judge({ beacons: tooLate, settings: { prefer: 'first' } }).clickId).toBe('first');
  });

  test('made at one moment: the same one wins, however the beacons came', () => {
    const [a, b] = [seen('a'), seen('b')];
    expect(judge({ beacons: [a, b] }).clickId).toBe(judge({ beacons: [b, a] }).clickId);
  });
});

describe('a join key', () => {
  test('that several beacons give one click joins it', () => {
    expect(judge({ beacons: [joined(CLICK), joined(CLICK)] }).clickId).toBe(CLICK);
  });

  test('that names different clicks joins nothing, and the visitor decides', () => {
    const verdict = judge({ beacons: [joined('a'), joined('b'), seen('c')] });
    expect(outcomes(verdict)).toEqual(['a ambiguous-join-key', 'b ambiguous-join-key', 'c won']);
  });

  test('that names different clicks is the reason when nothing else is known', () => {
    expect(judge({ beacons: [joined('a'), joined('b')] }).reason).toBe('ambiguous-join-key');
  });

  test('is not made ambiguous by another key', () => {
    expect(judge({ beacons: [joined('a', NOW, 'k1'), joined('b', NOW, 'k2')] }).clickId).toBe('a');
  });
});

describe('a rebill', () => {
  const relatives = [
    kin('customer', 'customer', NOW - 9),
    kin('subscription', 'renewal', NOW - 1),
    kin('subscription', 'start', NOW - 5),
  ];

  test('belongs to the click that started its subscription', () => {
    expect(outcomes(judge({ order: { kind: 'rebill' }, kin: relatives }))).toEqual([
      'start won',
      'customer outranked',
    ]);
  });

  test('else to the click of its customer', () => {
    const verdict = judge({ order: { kind: 'rebill' }, kin: relatives.slice(0, 1) });
    expect(verdict).toMatchObject({ clickId: 'customer', via: 'customer' });
  });

  test.each(['sale', 'upsell'] as const)('only: a %s has no relatives', (kind) => {
    expect(judge({ order: { kind }, kin: relatives })).toEqual(NONE);
  });
});

describe('a frozen verdict', () => {
  const order = {
    frozen: true,
    verdict: { clickId: CLICK, via: 'visitor', reason: null, candidates: [] },
    found: [found('order.click_id', OTHER_CLICK)],
  } as const;

  test('stands against stronger evidence, which is listed', () => {
    const verdict = judge({ order, beacons: [seen(CLICK, NOW - 2), seen('later', NOW - 1)] });
    expect(verdict).toMatchObject({ clickId: CLICK, via: 'visitor' });
    expect(outcomes(verdict)).toEqual([
      `${OTHER_CLICK} verdict-frozen`,
      'later verdict-frozen',
      `${CLICK} won`,
    ]);
  });

  test('stands even where its evidence is gone', () => {
    const verdict = judge({ order });
    expect(verdict).toMatchObject({ clickId: CLICK, via: 'visitor' });
    expect(verdict.candidates.some((each) => each.outcome === 'won')).toBe(false);
  });

  test('stands against a click attached by hand', () => {
    expect(judge({ order: { ...order, attached: OTHER_CLICK } }).clickId).toBe(CLICK);
  });
});

describe('any verdict', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'null', '{clickid}');
  const time = fc.constantFrom(NOW - 40 * DAY, NOW - DAY, NOW - 1, NOW, NOW + DAY);
  const frozen = fc.record({ clickId: fc.constantFrom('a', 'b'), via: fc.constantFrom(...VIA) });
  const evidence = fc.record({
    found: fc.array(fc.record({ via: fc.constantFrom(...VIA.slice(1, 6)), value: id }), { maxLength: 5 }),
    beacons: fc.array(
      fc.record({ clickId: id, joinKey: fc.constantFrom(null, 'k1', 'k2'), clickedAt: time }),
      { maxLength: 6 },
    ),
    kin: fc.array(
      fc.record({
        via: fc.constantFrom<Kin['via'][]>('subscription', 'customer'),
        clickId: id,
        placedAt: time,
      }),
      { maxLength: 4 },
    ),
    kind: fc.constantFrom('sale' as const, 'rebill' as const),
    prefer: fc.constantFrom('first' as const, 'last' as const),
    attached: fc.option(fc.constantFrom('a', 'b')),
    frozen: fc.option(frozen),
  });

  test('names the one candidate that won, or a reason; every other has its reason to lose', () => {
    fc.assert(
      fc.property(evidence, ({ beacons, kin: relatives, prefer, frozen: stands, ...order }) => {
        const verdict = stands === null ? NONE : { ...stands, reason: null, candidates: [] };
        const after = judge({
          order: { ...order, frozen: stands !== null, verdict },
          ...{ beacons, kin: relatives, settings: { prefer } },
        });
        const winners = after.candidates.filter((each) => each.outcome === 'won');
        expect(after.candidates.every((each) => each.outcome.length > 0)).toBe(true);
        if (stands !== null) {
          expect(after).toMatchObject(stands);
          expect(winners.length).toBeLessThanOrEqual(1);
        } else if (after.clickId === null) {
          expect(winners).toEqual([]);
          expect(after.reason).not.toBeNull();
        } else {
          expect(winners).toMatchObject([{ clickId: after.clickId, via: after.via }]);
          expect(after.reason).toBeNull();
        }
      }),
    );
  });
});
