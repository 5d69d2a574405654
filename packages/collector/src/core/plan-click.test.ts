import { describe, expect, test } from 'vitest';
import { ACCEPTED, ClickBooks, DOWN, REFUSED, SILENT } from '../../test/support/click-books.ts';
import { CLICK, settingsOf, statusesOf } from '../../test/support/samples.ts';
import type { Account } from './account.ts';
import type { ConnectionSettings } from './connection.ts';

const EVERY_STATUS = statusesOf({
  ...{ pending: 'lead', refunded: 'refund', cancelled: 'cancel', disputed: 'dispute', rebill: 'rebill' },
});
const REPLACES = 'replaces' as const;

function books(settings: Partial<ConnectionSettings> = {}, more: Partial<Account> = {}): ClickBooks {
  return new ClickBooks({
    repeats: REPLACES,
    settings: settingsOf({ repeats: REPLACES, ...settings }),
    ...more,
  });
}

/** One order that was paid, told and accepted. */
function told(settings: Partial<ConnectionSettings> = {}): ClickBooks {
  const made = books(settings).hear();
  made.sendAll();
  return made;
}

const payouts = (made: ClickBooks) => made.sendAll().map((each) => each.payout);

describe('the running total of a click', () => {
  test('is one row, which tells what all its orders are worth', () => {
    const made = books().hear().hear({ orderId: '1002', amount: 1000n });
    expect(made.claim()).toMatchObject({
      ...{ clickId: CLICK, payout: '59.90', currency: 'EUR', status: '1', correction: false, amount: 5990n },
      ...{ orderId: '1002', orderIds: ['1001', '1002'], isZero: false },
    });
    expect(made.end(ACCEPTED).rows).toEqual(['click accepted']);
  });

  test('goes out again for a second order, and that is no correction', () => {
    const made = told().hear({ orderId: '1002', amount: 1000n });
    expect(made.claim()).toMatchObject({ payout: '59.90', correction: false });
  });

  test.each([
    ['a raised amount', { amount: 6000n }, '60.00'],
    ['a lowered amount', { amount: 4000n }, '40.00'],
    ['a partial refund', { status: 'partially_refunded', refunded: 990n }, '40.00'],
  ] as const)('goes out again for %s, as a correction', (_words, news, payout) => {
    const made = told().hear(news);
    expect(made.claim()).toMatchObject({ payout, status: '1', correction: true });
    expect(made.notices.size).toBe(0);
  });

  test('does not go out again for news that changes nothing of it', () => {
    expect(told().hear().rows).toEqual(['click accepted']);
    expect(told().hear({ orderId: '1002', status: 'pending' }).rows).toEqual(['click accepted']);
  });

  test('goes out again for other orders of the same sum: each is to be reported', () => {
    const made = told().hear({ status: 'cancelled' }).hear({ orderId: '1002' });
    expect(made.claim()).toMatchObject({ payout: '49.90', correction: false, orderIds: ['1002'] });
  });

  test('leaves out what was taken back, with the status of a payment while others stand', () => {
    const made = told({ statuses: EVERY_STATUS }).hear({ orderId: '1002', amount: 1000n });
    made.sendAll();
    expect(made.hear({ orderId: '1002', status: 'refunded' }).claim()).toMatchObject({
      ...{ payout: '49.90', status: '1', correction: true, orderId: '1002', kind: 'refunded' },
    });
  });

  test('is told with what it is when it is claimed, not when it was planned', () => {
    const made = books().hear();
    made.account = { ...made.account, orders: [{ ...made.account.orders[0]!, amount: 7000n }] };
    expect(made.claim()?.payout).toBe('70.00');
  });

  test('with a fixed payout counts orders, whatever they are worth', () => {
    const made = books({ fixedPayout: '5.00' }).hear().hear({ orderId: '1002', amount: 0n });
    expect(payouts(made)).toEqual(['10.00']);
    expect(payouts(made.hear({ orderId: '1003', amount: 0n }))).toEqual(['15.00']);
    expect(payouts(made.hear({ orderId: '1001', status: 'refunded' }))).toEqual(['10.00']);
  });

  test('with a share takes it of the sum', () => {
    const made = books({ payoutPercent: '50' })
      .hear({ amount: 101n })
      .hear({ orderId: '1002', amount: 101n });
    expect(payouts(made)).toEqual(['1.01']);
  });
});

describe('a total that fell to nothing', () => {
  test.each(['refunded', 'cancelled', 'disputed'] as const)(
    'by %s is told where that has a status',
    (status) => {
      const made = told({ statuses: EVERY_STATUS }).hear({ status });
      expect(made.claim()).toMatchObject({
        ...{ payout: '0.00', isZero: true, status: EVERY_STATUS[status], correction: true, orderIds: [] },
      });
    },
  );

  test.each(['refunded', 'cancelled', 'disputed'] as const)(
    'by %s without a status is a notice',
    (status) => {
      const made = told().hear({ status });
      expect(made.rows).toEqual(['click accepted']);
      expect([...made.notices]).toEqual(['correction-not-reported order:1001']);
    },
  );

  test.each(['refunded', 'cancelled', 'disputed'] as const)(
    'by %s before the first attempt is not sent',
    (status) => {
      for (const statuses of [statusesOf({}), EVERY_STATUS]) {
        const made = books({ statuses }).hear().hear({ status });
        expect(made.rows).toEqual([`click skipped: ${status}-before-sending`]);
        expect(made.notices.size).toBe(0);
      }
    },
  );

  test('before anything was counted is not sent either', () => {
    const made = books({ statuses: EVERY_STATUS }).hear();
    made.claim();
    expect(made.end(DOWN).hear({ status: 'refunded' }).rows).toEqual([
      'click skipped: refunded-before-sending',
    ]);
    const back = books({ statuses: EVERY_STATUS }).hear();
    back.claim();
    expect(back.hear({ status: 'refunded' }).giveBack().rows).toEqual([
      'click skipped: refunded-before-sending',
    ]);
  });

  test('after an attempt that may have counted is told, or a notice', () => {
    const silent = (statuses: ConnectionSettings['statuses']) => {
      const made = books({ statuses }).hear();
      made.claim();
      return made.end(SILENT).hear({ status: 'refunded' });
    };
    expect(silent(EVERY_STATUS).claim()).toMatchObject({ payout: '0.00', status: 'refund' });
    expect([...silent(statusesOf({})).notices]).toEqual(['correction-not-reported order:1001']);
  });

  test('and rose again is told again', () => {
    const made = told().hear({ status: 'cancelled' }).hear({ status: 'paid', amount: 6000n });
    expect(payouts(made)).toEqual(['60.00']);
    const silent = books().hear().hear({ status: 'cancelled' }).hear({ status: 'paid' });
    expect(payouts(silent)).toEqual(['49.90']);
  });

  test('that waits while a status was taken away is not told, and stands as told', () => {
    const made = told({ statuses: EVERY_STATUS }).hear({ status: 'refunded' });
    expect(made.change({ settings: settingsOf({ repeats: REPLACES }) }).rows).toEqual(['click accepted']);
    expect([...made.notices]).toEqual(['correction-not-reported order:1001']);
  });

  test('of an order first heard of when it was over was never told, and is not', () => {
    expect(books({ statuses: EVERY_STATUS }).hear({ status: 'refunded' }).rows).toEqual([]);
  });
});

describe('a pending order', () => {
  test('is told as nothing where it has a status, and its payment is not a correction', () => {
    const made = books({ statuses: EVERY_STATUS }).hear({ status: 'pending' });
    expect(made.sendAll()).toMatchObject([{ payout: '0.00', status: 'lead', correction: false }]);
    expect(made.hear({ status: 'paid' }).sendAll()).toMatchObject([{ payout: '49.90', correction: false }]);
  });

  test('is not told without a status', () => {
    expect(books().hear({ status: 'pending' }).rows).toEqual([]);
  });

  test('never speaks for a click that was paid', () => {
    const made = books({ statuses: EVERY_STATUS }).hear().hear({ orderId: '1002', status: 'pending' });
    expect(made.claim()).toMatchObject({ orderId: '1001', kind: 'sale', status: '1' });
  });
});

describe('a change while the total is on its way', () => {
  test('raises what is wanted, and goes out when the attempt has ended, however it ended', () => {
    for (const outcome of [ACCEPTED, REFUSED, DOWN, SILENT]) {
      const made = books().hear();
      made.claim();
      made.hear({ orderId: '1002', amount: 1000n });
      expect(made.rows).toEqual(['click sending']);
      expect(made.end(outcome).rows).toEqual(['click due']);
      expect(payouts(made)).toEqual(['59.90']);
    }
  });

  test('is told in any other state too', () => {
    for (const state of ['refused', 'abandoned', 'uncertain', 'accepted'] as const) {
      const made = told();
      made.account = { ...made.account, postbacks: [{ ...made.account.postbacks[0]!, state, attempts: 9 }] };
      expect(payouts(made.hear({ amount: 6000n }))).toEqual(['60.00']);
    }
  });

  test('does not come before the tracker allows it', () => {
    const made = books().hear();
    made.claim();
    made.end(SILENT).hear({ amount: 6000n });
    const [row] = made.account.postbacks;
    expect(row?.dueAt).toBe(row?.notBefore);
    expect(row?.attempts).toBe(0);
  });
});

describe('a second currency', () => {
  test('cannot stand in one total: the first is told, the other skipped with a notice', () => {
    const made = books().hear().hear({ orderId: '1002', currency: 'USD' });
    expect(made.rows).toEqual(['click due', 'paid skipped: mixed-currency']);
    expect([...made.notices]).toEqual(['mixed-currency order:1002']);
    expect(made.claim()).toMatchObject({ payout: '49.90', currency: 'EUR', orderIds: ['1001'] });
  });

  test('does not take the place of the one that was told, though its order is older', () => {
    const made = books().hear({ orderId: '1000', status: 'pending', currency: 'USD' }).hear();
    expect(made.sendAll()).toMatchObject([{ payout: '49.90', currency: 'EUR' }]);
    made.hear({ orderId: '1000', status: 'paid' });
    expect(made.rows).toEqual(['click accepted', 'paid skipped: mixed-currency']);
  });

  test('is the reason in place of a tracker that was missing before', () => {
    const made = new ClickBooks({ repeats: REPLACES, settings: null })
      .hear()
      .hear({ orderId: '1002', currency: 'USD' });
    made.change({ settings: settingsOf({ repeats: REPLACES }) });
    expect(made.rows).toEqual(['paid skipped: no-tracker', 'paid skipped: mixed-currency', 'click due']);
    expect([...made.notices]).toEqual(['mixed-currency order:1002']);
  });

  test('is a notice where its payment was told alone, before totals were', () => {
    const made = new ClickBooks({ repeats: null }).hear().hear({ orderId: '1002', currency: 'USD' });
    made.sendAll();
    made.notices.clear();
    made.change({ repeats: REPLACES, settings: settingsOf({ repeats: REPLACES }) });
    expect(made.rows).toEqual(['paid accepted', 'paid accepted', 'click due']);
    expect([...made.notices]).toEqual(['mixed-currency order:1002']);
  });

  test('is the currency of the click where nothing was told in the other', () => {
    const made = books()
      .hear()
      .hear({ status: 'cancelled' })
      .hear({ orderId: '1002', currency: 'USD', amount: 700n });
    expect(made.sendAll()).toMatchObject([{ payout: '7.00', currency: 'USD' }]);
  });

  test('gives way to one that is paid, unless an attempt may have told it', () => {
    const silent = () => {
      const made = books().hear({ orderId: '1002', status: 'pending', currency: 'USD' }).hear();
      made.claim();
      return made.end(SILENT);
    };
    const both = silent().hear({ orderId: '1002', status: 'paid' });
    expect(both.rows).toEqual(['click due', 'paid skipped: mixed-currency']);
    const one = silent().hear({ status: 'cancelled' }).hear({ orderId: '1002', status: 'paid' });
    expect(one.claim()).toMatchObject({ currency: 'USD', orderIds: ['1002'] });
  });

  test('that was never told is not the one a notice is about', () => {
    const made = books()
      .hear({ orderId: '1002', currency: 'USD' })
      .hear({ orderId: '1002', status: 'cancelled' })
      .hear();
    made.claim();
    made.end(SILENT).hear({ status: 'cancelled' });
    expect([...made.notices]).toEqual(['correction-not-reported order:1001']);
  });

  test('skipped at first is spoken for by the total once that is in its currency', () => {
    const made = books().hear().hear({ orderId: '1002', currency: 'USD', amount: 700n });
    made.hear({ status: 'cancelled' });
    expect(made.sendAll()).toMatchObject([{ payout: '7.00', currency: 'USD', orderIds: ['1002'] }]);
    expect(made.rows).toEqual(['click accepted', 'paid skipped: superseded']);
  });
});

describe('when it is first said that payouts replace each other', () => {
  const said = (made: ClickBooks) =>
    made.change({ repeats: REPLACES, settings: settingsOf({ repeats: REPLACES }) });
  const before = () => new ClickBooks({ repeats: null });

  test('a postback of one order that waits gives way to the total', () => {
    expect(said(before().hear().hear({ orderId: '1002' })).rows).toEqual([
      ...['paid skipped: superseded', 'paid skipped: superseded', 'click due'],
    ]);
  });

  test('the one payment that was told is the total already', () => {
    const made = before().hear();
    made.sendAll();
    expect(said(made).rows).toEqual(['paid accepted']);
    expect(payouts(made.hear({ amount: 6000n }))).toEqual(['60.00']);
  });

  test('two payments told one by one are told as a total, and that is a correction', () => {
    const made = before().hear().hear({ orderId: '1002', amount: 1000n });
    made.sendAll();
    expect(said(made).claim()).toMatchObject({ payout: '59.90', correction: true });
  });

  test('one payment left of two is told again: nobody knows which of them the tracker shows', () => {
    const made = before().hear().hear({ orderId: '1002', amount: 4990n });
    made.sendAll();
    made.hear({ orderId: '1001', status: 'cancelled' });
    expect(said(made).claim()).toMatchObject({ payout: '49.90', correction: true });
  });

  test('and taken back, and said again before an attempt, the total is due again', () => {
    const made = books().hear();
    made.change({ repeats: 'adds', settings: settingsOf({ repeats: 'adds' }) });
    expect(made.rows).toEqual(['click skipped: superseded', 'paid due']);
    expect(said(made).rows).toEqual(['click due', 'paid skipped: superseded']);
  });
});
