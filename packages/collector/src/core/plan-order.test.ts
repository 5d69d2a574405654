import { describe, expect, test } from 'vitest';
import { ACCEPTED, ClickBooks, DOWN, REFUSED } from '../../test/support/click-books.ts';
import { CLICK, settingsOf, statusesOf } from '../../test/support/samples.ts';
import type { Account } from './account.ts';
import type { ConnectionSettings, Repeats } from './connection.ts';

const EVERY_STATUS = statusesOf({
  ...{ pending: 'lead', refunded: 'refund', cancelled: 'cancel', disputed: 'dispute', rebill: 'rebill' },
});

function books(
  repeats: Repeats,
  settings: Partial<ConnectionSettings> = {},
  more: Partial<Account> = {},
): ClickBooks {
  return new ClickBooks({ repeats, settings: settingsOf({ repeats, ...settings }), ...more });
}

/** An order that was paid, reported and accepted. */
const told = (repeats: Repeats, settings: Partial<ConnectionSettings> = {}): ClickBooks => {
  const made = books(repeats, settings).hear();
  made.sendAll();
  return made;
};

describe.each([null, 'adds'] as const)('order by order (repeats: %s)', (repeats) => {
  describe('a payment', () => {
    test('is reported with the amount of its order', () => {
      const made = books(repeats).hear();
      expect(made.claim()).toMatchObject({
        ...{
          clickId: CLICK,
          payout: '49.90',
          currency: 'EUR',
          status: '1',
          correction: false,
          amount: 4990n,
        },
        ...{ orderId: '1001', orderIds: ['1001'], kind: 'sale', isZero: false },
      });
      expect(made.rows).toEqual(['paid sending']);
      expect(made.end(ACCEPTED).rows).toEqual(['paid accepted']);
    });

    test('is planned once, however often it is heard of', () => {
      expect(books(repeats).hear().hear().rows).toEqual(['paid due']);
      expect(told(repeats).hear().rows).toEqual(['paid accepted']);
    });

    test('that is raised before it left tells the new amount', () => {
      expect(books(repeats).hear().hear({ amount: 6000n }).claim()?.payout).toBe('60.00');
    });

    test('of a rebill has its own status, where there is one', () => {
      const rebill = { kind: 'rebill' } as const;
      expect(books(repeats).hear(rebill).claim()?.status).toBe('1');
      expect(books(repeats, { statuses: EVERY_STATUS }).hear(rebill).claim()).toMatchObject({
        ...{ status: 'rebill', kind: 'rebill' },
      });
    });

    test('with the conversion type of the operator', () => {
      expect(books(repeats, { conversionType: 'sale' }).hear().claim()?.status).toBe('sale');
    });

    test('with a fixed payout, in its own currency', () => {
      const fixed = { fixedPayout: '12.50', fixedPayoutCurrency: 'USD' };
      expect(books(repeats, fixed).hear().claim()).toMatchObject({
        payout: '12.50',
        currency: 'USD',
        amount: 4990n,
      });
    });

    test('with a share of the amount', () => {
      expect(books(repeats, { payoutPercent: '12.5' }).hear({ amount: 1004n }).claim()?.payout).toBe('1.26');
    });

    test('of nothing is a report of nothing', () => {
      expect(books(repeats).hear({ amount: 0n }).claim()).toMatchObject({ payout: '0.00', isZero: true });
    });
  });

  describe('before the first attempt', () => {
    test.each(['refunded', 'cancelled', 'disputed', 'pending'] as const)(
      '%s cancels the postback',
      (status) => {
        for (const statuses of [statusesOf({}), { ...EVERY_STATUS, pending: null }]) {
          const made = books(repeats, { statuses }).hear().hear({ status });
          expect(made.rows).toEqual([`paid skipped: ${status}-before-sending`]);
          expect(made.notices.size).toBe(0);
        }
      },
    );

    test('a refund in parts of everything cancels it too', () => {
      const made = books(repeats).hear().hear({ status: 'partially_refunded', refunded: 4990n });
      expect(made.rows).toEqual(['paid skipped: refunded-before-sending']);
    });

    test('an order cancelled and paid again is reported once', () => {
      const made = books(repeats).hear().hear({ status: 'cancelled' }).hear({ status: 'paid' });
      expect(made.sendAll().map((each) => each.payout)).toEqual(['49.90']);
      expect(made.rows).toEqual(['paid skipped: cancelled-before-sending', 'paid accepted']);
      expect(made.notices.size).toBe(0);
    });

    test('a first attempt that was not counted does not stand against it', () => {
      const made = books(repeats).hear();
      made.claim();
      expect(made.end(DOWN).hear({ status: 'refunded' }).rows).toEqual([
        'paid skipped: refunded-before-sending',
      ]);
    });

    test('nor does a claim that was given back', () => {
      const made = books(repeats).hear();
      made.claim();
      expect(made.hear({ status: 'refunded' }).rows).toEqual(['paid sending']);
      expect(made.giveBack().rows).toEqual(['paid skipped: refunded-before-sending']);
    });
  });

  describe('after the payment was accepted', () => {
    test.each(['refunded', 'cancelled', 'disputed'] as const)(
      '%s is reported where it has a status',
      (status) => {
        const made = told(repeats, { statuses: EVERY_STATUS }).hear({ status });
        expect(made.claim()).toMatchObject({
          ...{ payout: '0', isZero: true, amount: 0n, status: EVERY_STATUS[status], correction: true },
          ...{ kind: status, orderIds: [] },
        });
        expect(made.notices.size).toBe(0);
      },
    );

    test.each(['refunded', 'cancelled', 'disputed'] as const)('%s without a status is a notice', (status) => {
      const made = told(repeats).hear({ status });
      expect(made.rows).toEqual(['paid accepted']);
      expect([...made.notices]).toEqual(['correction-not-reported order:1001']);
    });

    test('a partial refund is a notice, for it cannot be told', () => {
      const made = told(repeats, { statuses: EVERY_STATUS }).hear({
        status: 'partially_refunded',
        refunded: 990n,
      });
      expect(made.rows).toEqual(['paid accepted']);
      expect([...made.notices]).toEqual(['partial-refund-not-reported order:1001']);
    });

    test('a part given back of an order that is still called paid is a notice too', () => {
      expect([...told(repeats).hear({ refunded: 990n }).notices]).toEqual([
        'partial-refund-not-reported order:1001',
      ]);
    });

    test('a correction that is no longer so is not sent', () => {
      const made = told(repeats, { statuses: EVERY_STATUS })
        .hear({ status: 'disputed' })
        .hear({ status: 'paid' });
      expect(made.rows).toEqual(['paid accepted', 'disputed skipped: superseded']);
    });

    test('a correction that never arrived and is no longer so leaves the payment as it was told', () => {
      for (const state of ['refused', 'abandoned'] as const) {
        const made = told(repeats, { statuses: EVERY_STATUS }).hear({ status: 'disputed' });
        const [payment, correction] = made.account.postbacks;
        made.account = { ...made.account, postbacks: [payment!, { ...correction!, state }] };
        expect(made.hear({ status: 'paid' }).rows).toEqual(['paid accepted', `disputed ${state}`]);
        expect(made.notices.size).toBe(0);
      }
    });

    test('what comes while a correction is on its way waits for its end', () => {
      for (const status of ['paid', 'refunded'] as const) {
        const made = told(repeats, { statuses: EVERY_STATUS }).hear({ status: 'disputed' });
        made.claim();
        expect(made.hear({ status }).rows).toEqual(['paid accepted', 'disputed sending']);
        expect(made.end(ACCEPTED).rows).toEqual(['paid accepted', 'disputed accepted', `${status} due`]);
      }
    });

    test('an order called pending again is no reason for a notice', () => {
      expect(told(repeats).hear({ status: 'pending' }).notices.size).toBe(0);
    });

    test('one correction follows another: disputed, then refunded', () => {
      const made = told(repeats, { statuses: EVERY_STATUS }).hear({ status: 'disputed' });
      made.sendAll();
      expect(
        made
          .hear({ status: 'refunded' })
          .sendAll()
          .map((each) => each.status),
      ).toEqual(['refund']);
    });

    test('a correction that was refused is not sent again by itself', () => {
      const made = told(repeats, { statuses: EVERY_STATUS }).hear({ status: 'refunded' });
      made.sendAll(REFUSED);
      expect(made.hear({ status: 'refunded' }).rows).toEqual(['paid accepted', 'refunded refused']);
      expect(made.hear({ status: 'cancelled' }).rows.at(-1)).toBe('cancelled due');
    });
  });

  describe('while an attempt is on its way', () => {
    test('a refund waits for its end, and then is told', () => {
      const made = books(repeats, { statuses: EVERY_STATUS }).hear();
      made.claim();
      expect(made.hear({ status: 'refunded' }).rows).toEqual(['paid sending']);
      expect(made.end(ACCEPTED).rows).toEqual(['paid accepted', 'refunded due']);
    });

    test('a refund needs no telling when the attempt is refused', () => {
      const made = books(repeats, { statuses: EVERY_STATUS }).hear();
      made.claim();
      expect(made.hear({ status: 'refunded' }).end(REFUSED).rows).toEqual(['paid refused']);
    });
  });

  describe('a pending order', () => {
    test('is reported without money where it has a status, and its payment is not a correction', () => {
      const made = books(repeats, { statuses: EVERY_STATUS }).hear({ status: 'pending' });
      expect(made.sendAll()).toMatchObject([
        { payout: '0', status: 'lead', correction: false, orderIds: [] },
      ]);
      expect(made.hear({ status: 'paid' }).sendAll()).toMatchObject([{ payout: '49.90', correction: false }]);
      expect(made.notices.size).toBe(0);
    });

    test('is not reported without a status', () => {
      expect(books(repeats).hear({ status: 'pending' }).rows).toEqual([]);
    });

    test('that is paid before its lead left is reported as paid alone', () => {
      const made = books(repeats, { statuses: EVERY_STATUS })
        .hear({ status: 'pending' })
        .hear({ status: 'paid' });
      expect(made.sendAll().map((each) => each.status)).toEqual(['1']);
    });

    test('that is cancelled without a status for that is no reason for a notice: no payout is shown', () => {
      const made = books(repeats, { statuses: statusesOf({ pending: 'lead' }) }).hear({ status: 'pending' });
      made.sendAll();
      expect(made.hear({ status: 'cancelled' }).rows).toEqual(['pending accepted']);
      expect(made.notices.size).toBe(0);
    });

    test('that is cancelled after its lead was told is corrected', () => {
      const made = books(repeats, { statuses: EVERY_STATUS }).hear({ status: 'pending' });
      made.sendAll();
      expect(made.hear({ status: 'cancelled' }).claim()).toMatchObject({
        status: 'cancel',
        correction: true,
      });
    });
  });

  test('an order first heard of when it was over is not reported', () => {
    for (const status of ['refunded', 'cancelled', 'disputed'] as const) {
      expect(books(repeats, { statuses: EVERY_STATUS }).hear({ status }).rows).toEqual([]);
    }
  });
});
