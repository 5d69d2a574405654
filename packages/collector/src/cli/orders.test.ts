import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLICK, openDesk, tooWide, until, type Desk } from '../../test/support/operator-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

describe('orders and postbacks', () => {
  it('tell the story of an order, from the news to what Binom answered', async () => {
    await desk.run('connect', 'binom', '--domain', desk.binom.url);
    await desk.order({ order_id: '1001', click_id: CLICK });
    await desk.order({ order_id: '1002' });
    await until(() => desk.binom.conversion(CLICK) !== undefined);

    const list = await desk.run('orders');
    expect(list.out).toMatch(/1001 +paid +49\.90 +EUR +81e60haa86o0b7, sent with the/);
    expect(list.out).toMatch(/1002 +paid +49\.90 +EUR +none: nobody brought a click id/);
    expect((await desk.run('orders', '--click', 'no', '--status', 'paid')).out).not.toContain('1001');
    const story = await desk.run('orders', 'show', '1001');
    expect(story.out).toContain('Order 1001: paid 49.90 EUR → accepted');
    expect(story.out).toContain(`✓ ${CLICK}  sent with the order: used`);
    expect(story.out).toMatch(/try 1 {2}[\d:]{8} {2}49\.90 EUR: 200 in \d+ ms, "OK"/);
    expect(story.out).toContain(`?cnv_id=${CLICK}&payout=49.90&cnv_status=1&cnv_currency=EUR`);
    expect((await desk.run('orders', 'show', '1002')).out).toContain('Nothing: there is no click to report.');
    expect(tooWide(list.out + story.out)).toEqual([]);
  });

  it('show many before they are sent again, and send them with --yes', async () => {
    desk.binom.fail({ kind: 'status', status: 403 });
    await desk.run('connect', 'binom', '--domain', desk.binom.url);
    await desk.order({ order_id: '1001', click_id: CLICK });
    await until(async () => (await desk.run('postbacks', '--state', 'refused')).out.includes('1001'));

    const refused = await desk.run('postbacks', '--state', 'refused');
    expect(refused.out).toContain('Binom said no (403): does a firewall');
    const shown = await desk.run('postbacks', 'replay', '--state', 'refused');
    expect(shown.out).toContain('To be sent: 1 postback, 49.90 EUR\nNothing was sent.');
    await wait(50);
    expect(desk.binom.conversion(CLICK)).toBeUndefined();

    desk.binom.heal();
    const sent = await desk.run('postbacks', 'replay', '--state', 'refused', '--yes');
    expect(sent.out).toContain('On the way: 1 postback, 49.90 EUR');
    await until(() => desk.binom.conversion(CLICK) !== undefined);
    expect(tooWide(refused.out + shown.out + sent.out)).toEqual([]);
  });

  it('leave what got no answer to a person', async () => {
    desk.binom.fail({ kind: 'status', status: 500 });
    await desk.run('connect', 'binom', '--domain', desk.binom.url, '--repeats', 'adds');
    await desk.order({ order_id: '1001', click_id: CLICK });
    await until(async () => (await desk.run('postbacks')).out.includes('no answer: did Binom count it?'));
    const [{ id }] = (
      JSON.parse((await desk.run('postbacks', '--json')).out) as { postbacks: [{ id: string }] }
    ).postbacks;

    const settled = await desk.run('postbacks', 'resolve', id, '--as', 'accepted');

    expect(settled).toMatchObject({ code: 0, err: '' });
    expect(settled.out).toContain('Order 1001, click 81e60haa86o0b7');
    expect((await desk.run('postbacks', 'show', id)).out).toContain('accepted');
    expect((await desk.run('postbacks', 'resolve', id, '--as', 'abandoned')).err).toContain(
      'Only an uncertain postback',
    );
  });

  it('attach a click a person knows', async () => {
    await desk.order({ order_id: '1001' });

    const { code, out } = await desk.run('orders', 'attach', '1001', CLICK);

    expect(code).toBe(0);
    expect(out).toContain(`Order 1001 belongs to click ${CLICK} now.`);
    expect((await desk.run('orders', 'show', '1001')).out).toContain(`Click ${CLICK} was attached by hand.`);
  });

  it('never let the text of others move the cursor', async () => {
    desk.binom.fail({ kind: 'status', status: 400, body: '\u001b[2Jgone\u009b31m' });
    await desk.run('connect', 'binom', '--domain', desk.binom.url);
    await desk.order({ order_id: '1001\u202e', click_id: CLICK, status: 'paid' });
    await until(async () => (await desk.run('postbacks')).out.includes('Binom said no'));

    const story = ['orders', 'show', '1001\u202e'];
    for (const argv of [['postbacks'], ['orders'], story, [...story, '--json'], ['postbacks', '--json']]) {
      // eslint-disable-next-line no-control-regex -- control characters are what it looks for
      expect((await desk.run(...argv)).out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });
});
