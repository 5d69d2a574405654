import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, newsOf, NOW } from '../../test/support/samples.ts';
import {
  type Hearing,
  hear,
  netOf,
  type Order,
  ORDER_KINDS,
  ORDER_STATUSES,
  type OrderNews,
} from './order.ts';

/** The order after several pieces of news, in the order they came in. */
function heard(...all: readonly OrderNews[]): Order {
  return hearings(...all).at(-1)!.order;
}

function hearings(...all: readonly OrderNews[]): Hearing[] {
  const made: Hearing[] = [];
  all.forEach((news, index) => made.push(hear(made.at(-1)?.order ?? null, news, all.slice(0, index))));
  return made;
}

/** Pieces of news a minute apart, received in the order they are written; `at` is the shop's clock, in minutes. */
function told(...all: readonly (Partial<OrderNews> & { at?: number })[]): OrderNews[] {
  return all.map(({ at, ...news }, index) =>
    newsOf({
      occurredAt: at === undefined ? null : NOW + at * MINUTE,
      receivedAt: NOW + index * MINUTE,
      ...news,
    }),
  );
}

/** What an order is, without the evidence and without when we first heard of it. */
function stateOf({ status, amount, refunded, kind, test: isTest, changedAt, everPaid }: Order) {
  return { status, amount, refunded, kind, test: isTest, changedAt, everPaid };
}

describe('the first news of an order', () => {
  test('makes it', () => {
    const { effect, order } = hear(null, newsOf({ status: 'pending', kind: 'upsell', test: true }), []);
    expect(effect).toBe('created');
    expect(order).toMatchObject({
      ...{ status: 'pending', amount: 4990n, refunded: 0n, currency: 'EUR', kind: 'upsell', test: true },
      ...{ everPaid: false, frozen: false, reported: false, attached: null },
      verdict: { clickId: null, reason: 'no-click' },
    });
  });

  test('without a kind is about a sale', () => {
    expect(heard(newsOf({ kind: null })).kind).toBe('sale');
  });

  test('that does not say whether it is a test is about no test', () => {
    expect(heard(newsOf({ test: null })).test).toBe(false);
  });

  test('of a refund that tells no sum means all of it', () => {
    expect(heard(newsOf({ status: 'refunded', refunded: null })).refunded).toBe(4990n);
  });
});

test('news that does not say whether it is a test leaves a test order a test order', () => {
  const [first, quiet, denied] = hearings(
    ...told(
      { status: 'pending', test: true },
      { status: 'paid', test: null },
      { status: 'paid', test: false },
    ),
  );
  expect([first, quiet, denied].map((each) => each?.order.test)).toEqual([true, true, false]);
});

describe('news by the clock of the shop', () => {
  test('that is newer changes the order, and older news is noted and changes nothing', () => {
    const [, newer, older] = hearings(
      ...told({ status: 'pending', at: 0 }, { status: 'refunded', at: 2 }, { status: 'paid', at: 1 }),
    );
    expect(newer).toMatchObject({ effect: 'changed', order: { status: 'refunded' } });
    expect(older).toMatchObject({ effect: 'older', order: { status: 'refunded' } });
  });

  test.each([
    ['pending', 'paid'],
    ['paid', 'partially_refunded'],
    ['partially_refunded', 'refunded'],
    ['paid', 'disputed'],
    ['paid', 'cancelled'],
  ] as const)('of one moment: %s gives way to %s, whichever came first', (earlier, later) => {
    expect(heard(...told({ status: earlier, at: 0 }, { status: later, at: 0 })).status).toBe(later);
    expect(heard(...told({ status: later, at: 0 }, { status: earlier, at: 0 })).status).toBe(later);
  });

  test('may take a refund back: the order is paid again and worth its price', () => {
    const order = heard(
      ...told({ status: 'paid', at: 0 }, { status: 'refunded', at: 1 }, { status: 'paid', at: 2 }),
    );
    expect(order).toMatchObject({ status: 'paid', refunded: 0n });
    expect(netOf(order)).toBe(4990n);
  });

  test('about a dispute that was won leaves the partial refund of before as it was', () => {
    const order = heard(
      ...told(
        { status: 'paid', at: 0 },
        { status: 'partially_refunded', refunded: 990n, at: 1 },
        { status: 'disputed', at: 2 },
        { status: 'paid', at: 3 },
      ),
    );
    expect(netOf(order)).toBe(4000n);
  });

  test.each([
    ['paid', true],
    ['partially_refunded', true],
    ['pending', false],
    ['refunded', false],
    ['cancelled', false],
    ['disputed', false],
  ] as const)(
    'of %s makes an order one that was ever paid: %s, for good and whenever it comes',
    (status, isPaid) => {
      expect(heard(...told({ status, at: 0 })).everPaid).toBe(isPaid);
      expect(heard(...told({ status, at: 0 }, { status: 'cancelled', at: 1 })).everPaid).toBe(isPaid);
      expect(heard(...told({ status: 'cancelled', at: 1 }, { status, at: 0 })).everPaid).toBe(isPaid);
    },
  );

  test('in any order of arrival ends in the same state', () => {
    const piece = fc.record({
      status: fc.constantFrom(...ORDER_STATUSES),
      amount: fc.bigInt({ min: 0n, max: 9n }),
      refunded: fc.option(fc.bigInt({ min: 0n, max: 9n })),
      kind: fc.option(fc.constantFrom(...ORDER_KINDS)),
      test: fc.option(fc.boolean()),
      at: fc.integer({ min: -99, max: 99 }),
    });
    const set = fc
      .uniqueArray(piece, { selector: (each) => each.at, minLength: 1, maxLength: 6 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(set, ([one, other]) => {
        const inTime = one.toSorted((a, b) => a.at - b.at);
        expect(stateOf(heard(...told(...other)))).toEqual(stateOf(heard(...told(...inTime))));
      }),
    );
  });
});

describe('news without the time it happened', () => {
  test('counts as of its receipt', () => {
    const order = heard(...told({ status: 'paid' }, { status: 'cancelled' }, { status: 'paid', amount: 1n }));
    expect(order).toMatchObject({ status: 'paid', amount: 1n, changedAt: NOW + 2 * MINUTE });
  });

  test.each([
    ['partially_refunded', 'paid'],
    ['refunded', 'paid'],
    ['paid', 'pending'],
    ['partially_refunded', 'pending'],
    ['refunded', 'pending'],
  ] as const)('never goes back from %s to %s', (from, to) => {
    const [, late] = hearings(...told({ status: from, refunded: 1n }, { status: to, refunded: 0n }));
    expect(late).toMatchObject({ effect: 'older', order: { status: from, refunded: 1n } });
  });

  test.each([
    ['disputed', 'paid'],
    ['cancelled', 'paid'],
    ['cancelled', 'pending'],
  ] as const)('may tell that %s is %s again', (from, to) => {
    expect(heard(...told({ status: from }, { status: to })).status).toBe(to);
  });

  test('of a payment does not stand against a refund the shop gave an earlier time, whichever came first', () => {
    const refund = { status: 'refunded', at: -30 } as const;
    expect(heard(...told({ status: 'paid' }, refund)).status).toBe('refunded');
    expect(heard(...told(refund, { status: 'paid' })).status).toBe('refunded');
  });
});

describe('what never changes', () => {
  test('is the currency: news in another one is not taken, not even its evidence', () => {
    const known = heard(newsOf());
    const hearing = hear(known, newsOf({ currency: 'USD', visitorIds: ['v'] }), []);
    expect(hearing).toEqual({ effect: 'other-currency', order: known });
  });

  test('is when we first heard of the order, and what was decided about it', () => {
    const known: Order = { ...heard(newsOf()), attached: 'a', frozen: true, reported: true };
    const { order } = hear(known, newsOf({ status: 'refunded', receivedAt: NOW + MINUTE }), [newsOf()]);
    expect(order).toMatchObject({ createdAt: NOW, attached: 'a', frozen: true, reported: true });
  });
});

describe('evidence', () => {
  const full = newsOf({
    found: [{ via: 'url.clickid', value: 'a' }],
    ...{ visitorIds: ['v'], joinKeys: ['k'], customerId: 'c', subscriptionId: 's', receivedAt: NOW },
  });
  const kept = { visitorIds: ['v'], joinKeys: ['k'], customerId: 'c', subscriptionId: 's' };

  test('survives later news that has none', () => {
    expect(heard(full, newsOf({ status: 'refunded', receivedAt: NOW + 1 }))).toMatchObject({
      ...kept,
      found: full.found,
    });
  });

  test('counts even of news that came too late to change the order', () => {
    const [, late] = hearings(newsOf({ occurredAt: NOW }), { ...full, occurredAt: NOW - 1 });
    expect(late).toMatchObject({ effect: 'older', order: { ...kept, found: full.found } });
  });

  test('is kept once, the newest first', () => {
    const [a, b] = [
      { via: 'order.click_id', value: 'a' },
      { via: 'order.click_id', value: 'b' },
    ];
    const all = [[a], [b], [a]].map((found) => newsOf({ found, visitorIds: ['v'], joinKeys: ['k'] }));
    expect(heard(...all)).toMatchObject({ found: [a, b], visitorIds: ['v'], joinKeys: ['k'] });
  });

  test('never grows beyond 32 click ids, and the newest stay', () => {
    const all = Array.from({ length: 40 }, (_, index) =>
      newsOf({ found: [{ via: 'order.click_id', value: `c${index}` }] }),
    );
    const { found } = heard(...all);
    expect(found).toHaveLength(32);
    expect(found[0]?.value).toBe('c39');
  });
});

describe('the moment an order was placed', () => {
  test.each([
    ['the receipt, while nobody says', [{}], NOW, 'receipt'],
    ['the earliest receipt', [{ receivedAt: NOW }, { receivedAt: NOW - 5 }], NOW - 5, 'receipt'],
    [
      'the earliest occurred_at',
      [{}, { occurredAt: NOW + 7 }, { occurredAt: NOW + 3 }],
      NOW + 3,
      'occurred_at',
    ],
    ['placed_at, even a later one', [{ occurredAt: NOW }, { placedAt: NOW + 9 }], NOW + 9, 'placed_at'],
    ['the earliest placed_at', [{ placedAt: NOW + 9 }, { placedAt: NOW + 8 }, {}], NOW + 8, 'placed_at'],
  ] as const)('is %s', (_words, all, ...[placedAt, placedBy]) => {
    expect(heard(...all.map((each) => newsOf(each)))).toMatchObject({ placedAt, placedBy });
  });

  test('is the same whatever came in first', () => {
    const time = fc.option(fc.integer({ min: 0, max: 50 }));
    const piece = fc.record({
      placedAt: time,
      occurredAt: time,
      receivedAt: fc.integer({ min: 0, max: 50 }),
    });
    const sets = fc
      .array(piece, { minLength: 1, maxLength: 5 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(sets, ([one, other]) => {
        const placed = (all: typeof one) => {
          const { placedAt, placedBy } = heard(...all.map(newsOf));
          return { placedAt, placedBy };
        };
        expect(placed(other)).toEqual(placed(one));
      }),
    );
  });
});

describe('what the shop keeps of an order', () => {
  test.each([
    ['pending', 0n, 0n],
    ['paid', 0n, 4990n],
    ['paid', 90n, 4900n],
    ['partially_refunded', 990n, 4000n],
    ['partially_refunded', 9999n, 0n],
    ['refunded', 0n, 0n],
    ['cancelled', 0n, 0n],
    ['disputed', 0n, 0n],
  ] as const)('when it is %s and %d were given back is %d', (status, refunded, net) => {
    expect(netOf(heard(newsOf({ status, refunded })))).toBe(net);
  });
});
