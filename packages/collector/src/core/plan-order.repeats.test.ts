import { describe, expect, test } from 'vitest';
import { ACCEPTED, ClickBooks, REFUSED, SILENT } from '../../test/support/click-books.ts';
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

describe('where payouts add up', () => {
  test('a second order on one click is told beside the first', () => {
    const made = told('adds').hear({ orderId: '1002', amount: 1000n });
    expect(made.claim()).toMatchObject({ payout: '10.00', correction: false, orderIds: ['1002'] });
    expect(made.notices.size).toBe(0);
  });

  test('a raised amount sends the difference, as a correction', () => {
    const made = told('adds').hear({ amount: 6000n });
    expect(made.claim()).toMatchObject({
      payout: '10.10',
      amount: 1010n,
      correction: true,
      orderIds: ['1001'],
    });
    expect(made.end(ACCEPTED).rows).toEqual(['paid accepted', 'paid accepted']);
    expect(made.hear({ amount: 7000n }).claim()?.payout).toBe('10.00');
  });

  test('an amount raised while the payment is on its way sends the difference afterwards', () => {
    const made = books('adds').hear();
    made.claim();
    expect(made.hear({ amount: 6000n }).end(ACCEPTED).claim()?.payout).toBe('10.10');
  });

  test('a lowered amount is a notice', () => {
    const made = told('adds').hear({ amount: 4000n });
    expect(made.rows).toEqual(['paid accepted']);
    expect([...made.notices]).toEqual(['amount-changed order:1001']);
  });

  test('an order taken back and paid again adds nothing to what was told', () => {
    const made = told('adds', { statuses: EVERY_STATUS }).hear({ status: 'refunded' });
    made.sendAll();
    expect(made.hear({ status: 'paid', refunded: 0n }).claim()).toMatchObject({
      ...{ payout: '0.00', amount: 0n, status: '1', correction: true },
    });
    // It carries no money, so it may go twice.
    expect(made.end(SILENT).rows).toEqual(['paid accepted', 'refunded accepted', 'paid due']);
    expect(made.notices.size).toBe(0);
  });

  test('a fixed payout is told once an order', () => {
    const fixed = { fixedPayout: '5.00' };
    expect(told('adds', fixed).hear({ amount: 9999n }).rows).toEqual(['paid accepted']);
    const revived = told('adds', { ...fixed, statuses: EVERY_STATUS }).hear({ status: 'refunded' });
    revived.sendAll();
    expect(revived.hear({ status: 'paid' }).claim()).toMatchObject({ payout: '0.00', isZero: true });
  });

  test('nothing more is sent for an order while nobody knows whether its payment was counted', () => {
    const made = books('adds', { statuses: EVERY_STATUS }).hear();
    made.claim();
    made.end(SILENT);
    expect(made.hear({ amount: 9999n }).rows).toEqual(['paid uncertain']);
    expect(made.hear({ status: 'refunded' }).rows).toEqual(['paid uncertain']);
  });

  test('a payment that was refused at last, but may have counted before, is taken for told', () => {
    const made = books(null, { statuses: EVERY_STATUS }).hear();
    made.claim();
    made.end(SILENT).sendAll(REFUSED);
    made.change({ repeats: 'adds' }).hear({ status: 'refunded' }).sendAll();
    made.hear({ status: 'paid', refunded: 0n });
    expect(made.sendAll()).toMatchObject([{ payout: '0.00', amount: 0n }]);
    expect(made.rows).toEqual(['paid refused', 'refunded accepted', 'paid accepted']);
  });

  test('a payment that may have counted when nobody had said so waits for a person', () => {
    const made = books(null).hear();
    made.claim();
    made.end(SILENT);
    expect(made.rows).toEqual(['paid due']);
    made.change({ repeats: 'adds', settings: settingsOf({ repeats: 'adds' }) });
    expect(made.rows).toEqual(['paid uncertain']);
    expect([...made.notices]).toEqual(['no-answer order:1001']);
  });
});

describe('while nobody has said what a repeat does', () => {
  test('a second paid order on one click raises the question', () => {
    const made = told(null).hear({ orderId: '1002' });
    expect(made.claim()).toMatchObject({ payout: '49.90', correction: false });
    expect([...made.notices]).toEqual([`second-order-on-click click:${CLICK}`]);
  });

  test('a second order does not, where nothing of the first ever left', () => {
    const made = books(null).hear().hear({ status: 'cancelled' }).hear({ orderId: '1002' });
    expect(made.notices.size).toBe(0);
  });

  test('a changed amount is a notice', () => {
    for (const amount of [6000n, 4000n]) {
      const made = told(null).hear({ amount });
      expect(made.rows).toEqual(['paid accepted']);
      expect([...made.notices]).toEqual(['amount-changed order:1001']);
    }
  });

  test('an order taken back and paid again is sent again, with a notice', () => {
    const made = told(null, { statuses: EVERY_STATUS }).hear({ status: 'cancelled' });
    made.sendAll();
    expect(made.hear({ status: 'paid' }).claim()).toMatchObject({ payout: '49.90', correction: true });
    expect([...made.notices]).toEqual(['order-revived order:1001']);
  });

  test('a payment whose outcome is unknown is repeated as it was, and its refund comes after it', () => {
    const made = books(null, { statuses: EVERY_STATUS }).hear();
    made.claim();
    made.end(SILENT).hear({ status: 'refunded', amount: 9999n });
    expect(made.rows).toEqual(['paid due']);
    expect(made.sendAll()).toMatchObject([
      { status: '1', payout: '49.90' },
      { status: 'refund', payout: '0' },
    ]);
  });

  test('a correction that may have counted and is no longer so is followed by the payment, with a notice', () => {
    const made = told(null, { statuses: EVERY_STATUS }).hear({ status: 'cancelled' });
    made.claim();
    made.end(SILENT).hear({ status: 'paid' });
    expect(made.rows).toEqual(['paid accepted', 'cancelled skipped: superseded', 'paid due']);
    expect([...made.notices]).toEqual(['order-revived order:1001']);
    // And should it be cancelled once more, the correction is told once more.
    expect(made.hear({ status: 'cancelled' }).rows.at(-1)).toBe('cancelled due');
  });

  test('a payment that may have counted before it was refused is taken back all the same', () => {
    const twice = (settings: Partial<ConnectionSettings>) => {
      const made = books(null, settings).hear();
      made.claim();
      made.end(SILENT).sendAll(REFUSED);
      return made.hear({ status: 'refunded' });
    };
    expect(twice({ statuses: EVERY_STATUS }).rows).toEqual(['paid refused', 'refunded due']);
    expect([...twice({}).notices]).toEqual(['correction-not-reported order:1001']);
  });
});
