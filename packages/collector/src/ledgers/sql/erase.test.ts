import { beforeEach, describe, expect, it } from 'vitest';
import type { ErasedPerson } from '../../core/ports.ts';
import {
  BY,
  claim,
  click,
  connect,
  DAY,
  MINUTE,
  newsOf,
  NOT_COUNTED,
  NOW,
  REFUSED,
  settling,
} from '../../../test/contracts/ledger-samples.ts';
import { type OpenTables, openTables } from '../../../test/support/open-tables.ts';

// Texts that can stand nowhere else, so that looking for them in every table proves something.
const PERSON = {
  ...{
    visitorIds: ['visitor-ann'],
    joinKeys: ['key-ann'],
    customerId: 'customer-ann',
    subscriptionId: 'sub-ann',
  },
  orderId: 'order-ann',
};
const CLICK = 'click-ann';

describe('erasing a person', () => {
  let tables: OpenTables;
  beforeEach(() => {
    tables = openTables();
  });

  const erase = (person: ErasedPerson) => tables.ledger.erase({ ...BY, shop: 'main', person });

  /** Everything a person can leave behind: beacons, news, an attempt with its URL, notices, a refusal, an audit entry. */
  async function leaveTraces(): Promise<void> {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.recordClick(click({ clickId: CLICK, visitorId: 'visitor-ann', joinKey: 'key-ann' }));
    await ledger.recordClick(click({ clickId: null, visitorId: 'visitor-ann', joinKey: 'key-ann' }));
    await ledger.receiveOrder(newsOf('click-of-nobody', PERSON));
    await ledger.attachClick({ ...BY, shop: 'main', orderId: 'order-ann', clickId: CLICK });
    const [held] = await claim(ledger);
    const sent = { url: `https://track.example/click.php?cnv_id=${CLICK}`, status: 404, body: CLICK, ms: 7 };
    const notice = {
      shop: 'main',
      code: 'web-page-answer',
      subject: `click:${CLICK}`,
      detail: 'A page.',
    } as const;
    await ledger.settle(settling(held!, { outcome: REFUSED, sent, notices: [notice] }));
    await ledger.receiveOrder(newsOf(CLICK, { ...PERSON, currency: 'USD' }));
    await ledger.receiveOrder(newsOf(CLICK, { orderId: 'order-ann-2' }));
  }

  it.each([{ clickId: CLICK }, { visitorId: 'visitor-ann' }, { orderId: 'order-ann' }])(
    'by %o leaves no id of theirs in any table, the audit log included',
    async (person) => {
      await leaveTraces();
      expect(tables.everything()).toMatch(/ann/);
      expect(await erase(person)).toEqual({ beacons: 2, orders: 2 });
      expect(tables.everything()).not.toMatch(/ann|click-of-nobody/);
      expect(await erase(person)).toEqual({ beacons: 0, orders: 0 });
    },
  );

  it('keeps the sums: money, currency, status and times, and what an attempt was answered', async () => {
    await leaveTraces();
    const before = await tables.ledger.summary('main', NOW - DAY, NOW + DAY);
    await erase({ clickId: CLICK });
    const after = await tables.ledger.summary('main', NOW - DAY, NOW + DAY);
    expect(after).toMatchObject({ orders: before.orders, paid: before.paid, unattributed: { erased: 2 } });
    const [order] = tables.rows('SELECT amount, currency, status, created_at FROM orders');
    expect(order).toEqual({ amount: 4990, currency: 'EUR', status: 'paid', created_at: NOW });
    const [attempt] = tables.rows('SELECT outcome, status, ms, url, body FROM attempts');
    expect(attempt).toEqual({ outcome: 'refused', status: 404, ms: 7, url: null, body: null });
  });

  it('writes down that it was done and how much, not for whom', async () => {
    await leaveTraces();
    await erase({ orderId: 'order-ann' });
    expect(tables.rows(`SELECT actor, detail FROM audit WHERE action = 'erase'`)).toEqual([
      { actor: 'a test', detail: '{"by":"orderId","beacons":2,"orders":2}' },
    ]);
  });

  it('skips what waits as erased, and it cannot be sent again', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf(CLICK));
    await erase({ clickId: CLICK });
    const { items } = await ledger.postbacks({ shop: 'main', state: null, limit: 9, cursor: null });
    expect(items).toMatchObject([{ state: 'skipped', reason: 'erased' }]);
    const answer = await ledger.replay({ ...BY, shop: 'main', postbackId: items[0]!.id, dryRun: false });
    expect(answer).toEqual({ outcome: 'nothing-to-tell' });
  });

  it.each([null, 'replaces'] as const)(
    'takes nothing back in that the answer to an attempt on its way tells (%s)',
    async (repeats) => {
      const { ledger } = tables;
      await connect(ledger, { repeats });
      await ledger.receiveOrder(newsOf(CLICK, PERSON));
      const [held] = await claim(ledger);
      await erase({ orderId: 'order-ann' });
      const notices = [
        { shop: 'main', code: 'web-page-answer', subject: 'order:order-ann', detail: CLICK },
      ] as const;
      const sent = { url: `https://track.example/?${CLICK}`, status: 503, body: CLICK, ms: 7 };
      const settled = await ledger.settle(settling(held!, { outcome: NOT_COUNTED, sent, notices }));
      expect(settled).toMatchObject({ outcome: 'settled', state: 'skipped' });
      expect(tables.everything()).not.toMatch(/ann/);
    },
  );

  it('leaves an order that nobody can attach to a click any more', async () => {
    const { ledger } = tables;
    await ledger.receiveOrder(newsOf(CLICK));
    await erase({ clickId: CLICK });
    const { items } = await ledger.orders({
      ...{ shop: 'main', status: null, attributed: null, q: null, limit: 9, cursor: null },
    });
    const [order] = items;
    expect(order).toMatchObject({ verdict: { reason: 'erased', candidates: [] }, frozen: true, found: [] });
    const attached = await ledger.attachClick({ ...BY, shop: 'main', orderId: order!.orderId, clickId: 'x' });
    expect(attached).toEqual({ outcome: 'frozen' });
  });

  it('leaves the click of somebody else alone which an order was on before', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-bob', { orderId: 'order-bob' }));
    await ledger.receiveOrder(newsOf('click-bob', { orderId: 'order-ann' }));
    await ledger.attachClick({ ...BY, shop: 'main', orderId: 'order-ann', clickId: CLICK });
    await erase({ clickId: CLICK });
    expect(await ledger.click('main', 'click-bob')).toMatchObject({
      orders: [{ orderId: 'order-bob' }],
      postbacks: [{ orderId: 'order-bob', state: 'due' }],
    });
    expect(tables.everything()).not.toMatch(/ann/);
  });

  it('leaves nothing in a click’s total, and what it told stays', async () => {
    const { ledger } = tables;
    await connect(ledger, { repeats: 'replaces' });
    await ledger.receiveOrder(newsOf(CLICK, PERSON));
    const [held] = await claim(ledger);
    await ledger.settle(settling(held!));
    await erase({ orderId: 'order-ann' });
    expect(tables.everything()).not.toMatch(/ann/);
    expect(await ledger.postback('main', held!.postbackId)).toMatchObject({
      ...{
        state: 'accepted',
        reported: { payout: '49.90', amount: 4990n },
        tries: [{ outcome: 'accepted' }],
      },
    });
  });

  it('by a visitor takes the orders of the clicks that visitor made', async () => {
    const { ledger } = tables;
    await ledger.recordClick(click({ clickId: CLICK, visitorId: 'visitor-ann' }));
    await ledger.receiveOrder(newsOf(CLICK, { orderId: 'order-ann' }));
    expect(await erase({ visitorId: 'visitor-ann' })).toEqual({ beacons: 1, orders: 1 });
    expect(tables.everything()).not.toMatch(/ann/);
  });

  it('by an order takes everything of the visitors it came with', async () => {
    const { ledger } = tables;
    await ledger.recordClick(
      click({ clickId: 'click-ann-2', visitorId: 'visitor-ann', receivedAt: NOW - MINUTE }),
    );
    await ledger.receiveOrder(newsOf(CLICK, PERSON));
    await ledger.receiveOrder(newsOf('click-bob', { orderId: 'order-bob' }));
    expect(await erase({ orderId: 'order-ann' })).toEqual({ beacons: 1, orders: 1 });
    expect(tables.everything()).not.toMatch(/ann/);
    expect(await ledger.order('main', 'order-bob')).not.toBeNull();
  });

  it('never takes an order for erased that was only asked about', async () => {
    expect(await erase({ orderId: 'order-ann' })).toEqual({ beacons: 0, orders: 0 });
    expect(await tables.ledger.receiveOrder(newsOf(CLICK, PERSON))).toMatchObject({ outcome: 'stored' });
  });
});
