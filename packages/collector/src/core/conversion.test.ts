import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClickBooks } from '../../test/support/click-books.ts';
import {
  accountOf,
  NOW,
  orderOf,
  postbackOf,
  reportedOf,
  settingsOf,
  statusesOf,
  termsAt,
} from '../../test/support/samples.ts';
import { type Account, phaseOf } from './account.ts';
import type { Repeats } from './connection.ts';
import { plan } from './conversion.ts';
import { ORDER_STATUSES } from './order.ts';
import { POSTBACK_STATES, SKIP_REASONS } from './postback.ts';
import { reportOf } from './report.ts';

const MODES: readonly Repeats[] = [null, 'adds', 'replaces'];

describe('without a tracker', () => {
  test.each(MODES)('a payment is written down as skipped, once (repeats: %s)', (repeats) => {
    const made = new ClickBooks({ repeats, settings: null }).hear().hear();
    expect(made.rows).toEqual(['paid skipped: no-tracker']);
  });

  test('an order that was told before the tracker was disconnected is not written down again', () => {
    const made = new ClickBooks({
      repeats: 'replaces',
      settings: settingsOf({ repeats: 'replaces' }),
    }).hear();
    made.sendAll();
    expect(made.change({ settings: null }).hear().rows).toEqual(['click accepted']);
    expect(made.hear({ orderId: '1002' }).rows).toEqual(['click accepted', 'paid skipped: no-tracker']);
  });

  test('a payment that was taken back while there was one is written down when it is made after all', () => {
    const made = new ClickBooks().hear().hear({ status: 'cancelled' });
    expect(made.change({ settings: null }).hear({ status: 'paid' }).rows).toEqual([
      ...['paid skipped: cancelled-before-sending', 'paid skipped: no-tracker'],
    ]);
  });

  test('an order that is not paid is not', () => {
    expect(new ClickBooks({ settings: null }).hear({ status: 'pending' }).rows).toEqual([]);
  });

  test('nothing can be reported', () => {
    const account = accountOf({ settings: null, orders: [orderOf()] });
    expect(reportOf(account, postbackOf())).toBeNull();
    expect(reportOf(account, postbackOf({ orderId: null, purpose: 'click' }))).toBeNull();
  });
});

describe.each(MODES)('a test order (repeats: %s)', (repeats) => {
  const given = { repeats, settings: settingsOf({ repeats }) };

  test('is written down as skipped once it is paid', () => {
    const made = new ClickBooks(given).hear({ test: true, status: 'pending' });
    expect(made.rows).toEqual([]);
    expect(made.hear({ status: 'paid' }).hear().rows).toEqual(['paid skipped: test-order']);
  });

  test('is reported where the shop says so', () => {
    const made = new ClickBooks({ ...given, testOrders: 'send' }).hear({ test: true });
    expect(made.sendAll()).toMatchObject([{ payout: '49.90' }]);
  });

  test('adds nothing to what other orders of its click are worth', () => {
    const made = new ClickBooks(given).hear().hear({ orderId: '1002', test: true });
    expect(made.sendAll()).toMatchObject([{ payout: '49.90', orderIds: ['1001'] }]);
  });

  test('that turns out to be one before its postback left is taken back', () => {
    const made = new ClickBooks(given).hear().hear({ test: true });
    expect(made.rows.every((row) => row.includes('skipped'))).toBe(true);
  });
});

describe('what an order stands for', () => {
  test.each([
    ['partially_refunded', 100n, 40n, 'paid'],
    ['partially_refunded', 100n, 100n, 'refunded'],
    ['partially_refunded', 0n, 0n, 'paid'],
    ['paid', 100n, 100n, 'paid'],
    ['disputed', 100n, 0n, 'disputed'],
  ] as const)(
    'when it is %s, of %d and with %d given back: %s',
    (status, amount, ...[refunded, phase]: [bigint, string]) => {
      expect(phaseOf(orderOf({ status, amount, refunded }))).toBe(phase);
    },
  );
});

describe('an order that was found to belong to another click', () => {
  test.each([null, 'adds'] as const)('takes its postback back (repeats: %s)', (repeats) => {
    const made = new ClickBooks({ repeats, settings: settingsOf({ repeats }) }).hear();
    expect(made.change({ orders: [] }).rows).toEqual(['paid skipped: superseded']);
  });

  test('leaves the total of its old click, and the row of a click without orders is taken back', () => {
    const made = new ClickBooks({
      repeats: 'replaces',
      settings: settingsOf({ repeats: 'replaces' }),
    }).hear();
    const second = orderOf({ orderId: '1002', amount: 1000n });
    made.change({ orders: [second] });
    expect(made.claim()?.payout).toBe('10.00');
    expect(made.giveBack().change({ orders: [] }).rows).toEqual(['click skipped: superseded']);
  });

  test('and back again is planned anew', () => {
    const made = new ClickBooks().hear();
    const { orders } = made.account;
    expect(made.change({ orders: [] }).change({ orders }).rows).toEqual([
      'paid skipped: superseded',
      'paid due',
    ]);
    expect(made.account.postbacks.map((row) => row.revision)).toEqual([1, 2]);
  });
});

describe('any account', () => {
  const order = fc.record({
    orderId: fc.constantFrom('a', 'b', 'c'),
    status: fc.constantFrom(...ORDER_STATUSES),
    amount: fc.constantFrom(0n, 100n, 250n),
    refunded: fc.constantFrom(0n, 100n),
    currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
    test: fc.constantFrom(false, false, true),
    everPaid: fc.boolean(),
    reported: fc.boolean(),
    frozen: fc.boolean(),
    changedAt: fc.nat({ max: 9 }),
  });
  const row = fc
    .record({
      orderId: fc.constantFrom('a', 'b', 'c', 'gone', null),
      purpose: fc.constantFrom('paid' as const, 'paid' as const, 'pending' as const, 'refunded' as const),
      state: fc.constantFrom(...POSTBACK_STATES),
      why: fc.constantFrom(...SKIP_REASONS),
      mayHaveCounted: fc.boolean(),
      amount: fc.constantFrom(0n, 100n, 250n),
      sent: fc.nat({ max: 1 }),
      wantedKey: fc.constantFrom('', '1.00 EUR paid a'),
    })
    .map(({ amount, why, ...rest }) => ({
      ...rest,
      reason: rest.state === 'skipped' ? why : null,
      purpose: rest.orderId === null ? ('click' as const) : rest.purpose,
      reported: reportedOf({
        amount,
        isZero: amount === 0n,
        orderIds: rest.orderId === null ? [] : [rest.orderId],
      }),
    }));
  const isOneOfItsKind = { selector: (each: { orderId: string | null }) => each.orderId };
  const status = fc.constantFrom(null, 'x');
  const accounts: fc.Arbitrary<Account> = fc
    .record({
      orders: fc.uniqueArray(order, isOneOfItsKind),
      rows: fc.array(row, { maxLength: 5 }),
      repeats: fc.constantFrom(...MODES),
      isConnected: fc.constantFrom(true, true, true, false),
      fixedPayout: fc.option(fc.constant('5'), { freq: 4 }),
      statuses: fc.record({ pending: status, refunded: status, cancelled: status, disputed: status }),
      testOrders: fc.constantFrom('skip' as const, 'send' as const),
    })
    .map(({ rows, isConnected, fixedPayout, statuses, ...given }) => {
      const total = rows.find((each) => each.orderId === null);
      const postbacks = rows.filter((each) => each.orderId !== null || each === total);
      return accountOf({
        ...given,
        settings: isConnected ? settingsOf({ fixedPayout, statuses: statusesOf(statuses) }) : null,
        orders: given.orders.map((each) => orderOf(each)),
        postbacks: postbacks.map((each, index) => postbackOf({ id: `p${index}`, ...each })),
      });
    });

  const after = (account: Account): Account => {
    const planned = plan(account, termsAt()).postbacks;
    const changed = new Map(planned.map((each) => [each.id, each]));
    const kept = account.postbacks.map((each) => changed.get(each.id) ?? each);
    const known = new Set(kept.map((each) => each.id));
    return { ...account, postbacks: [...kept, ...planned.filter((each) => !known.has(each.id))] };
  };

  test('that was planned has nothing more to plan', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const once = after(account);
        const twice = plan(once, { ...termsAt(NOW), newId: () => 'another' });
        expect(twice.postbacks).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('has no payment waiting of an order that is not paid, unless it may have counted', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const once = after(account);
        const waiting = once.postbacks.filter(({ state, purpose }) => state === 'due' && purpose === 'paid');
        for (const each of waiting) {
          const own = once.orders.find(({ orderId }) => orderId === each.orderId);
          expect(own).toBeDefined();
          if (once.settings !== null) expect(reportOf(once, each)).not.toBeNull();
          if (once.settings !== null && !each.mayHaveCounted) expect(phaseOf(own!)).toBe('paid');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps what has left as it was', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const kept = new Set(['sending', 'accepted', 'refused', 'abandoned', 'uncertain']);
        const untouched = account.postbacks.filter((each) => each.orderId !== null && kept.has(each.state));
        expect(after(account).postbacks).toEqual(expect.arrayContaining(untouched));
      }),
    );
  });
});
