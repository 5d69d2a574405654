import { describe, expect, it } from 'vitest';
import { answered, arrive, collector, cookies, freshBrowser, leave } from '../test/support/page.ts';

const required = { settings: { consent: 'required' } };

freshBrowser();

describe('where consent is required', () => {
  it('nothing is kept, sent, carried or shown before it is given', async () => {
    const clickback = await arrive('https://lander.example/?clickid=a1', required);
    clickback.join('wc_order_8fK2');
    leave();
    expect(clickback).toMatchObject({ clickId: null, visitorId: null });
    expect(clickback.carry('https://www.lander.example/checkout')).toBe(
      'https://www.lander.example/checkout',
    );
    expect([cookies(), { ...localStorage }, collector.received, collector.left]).toEqual([[], {}, [], []]);
  });
  it('what the URL and the page said is used as soon as it is given', async () => {
    const clickback = await arrive('https://lander.example/?clickid=a1', required);
    clickback.join('wc_order_8fK2');
    history.replaceState(null, '', '/cleaned');
    clickback.consent(true);
    expect(clickback.clickId).toBe('a1');
    expect(collector.beacons).toMatchObject([{ click_id: 'a1' }, { click_id: 'a1', join: 'wc_order_8fK2' }]);
  });
  it('a page that has not been answered yet keeps what an earlier page was allowed to keep', async () => {
    await arrive('https://lander.example/?clickid=a1');
    const clickback = await arrive('https://lander.example/next', required);
    expect(document.cookie).toContain('_binom=a1');
    clickback.consent(true);
    expect(clickback.clickId).toBe('a1');
  });
  it('what an earlier page could not send waits for consent as well', async () => {
    collector.answers = 0;
    await arrive('https://lander.example/?clickid=a1');
    leave();
    collector.left.length = 0;
    const clickback = await arrive('https://lander.example/next', required);
    leave();
    expect([collector.received.length, collector.left]).toEqual([1, []]);
    clickback.consent(true);
    expect(collector.received).toHaveLength(2);
  });
});

describe('when consent is withdrawn', () => {
  it('the id, the visitor and the queue are erased, and nothing more is sent', async () => {
    collector.answers = 503;
    const clickback = await arrive('https://www.lander.example/?clickid=a1');
    expect(Object.keys(localStorage)).not.toEqual([]);
    clickback.consent(false);
    expect(clickback).toMatchObject({ clickId: null, visitorId: null });
    expect([cookies(), { ...localStorage }]).toEqual([[], {}]);
    clickback.capture('b2');
    clickback.join('wc_order_8fK2');
    leave();
    expect([collector.received.length, collector.left, cookies()]).toEqual([1, [], []]);
  });
  it('cookies of an earlier page are erased also where this page had not begun', async () => {
    await arrive('https://lander.example/?clickid=a1');
    (await arrive('https://www.lander.example/', required)).consent(false);
    expect(cookies()).toEqual([]);
  });
  it('a cookie that the collector sets in an answer still under way is erased as well', async () => {
    const clickback = await arrive('https://lander.example/');
    clickback.capture('a1');
    clickback.consent(false);
    document.cookie = '_binom=a1; domain=lander.example; path=/';
    await answered();
    expect(cookies()).toEqual([]);
  });
  it('consent given after all begins anew, with a new visitor', async () => {
    const clickback = await arrive('https://lander.example/?clickid=a1');
    const { visitorId } = clickback;
    clickback.consent(false);
    clickback.consent(true);
    expect(clickback.clickId).toBe('a1');
    expect(clickback.visitorId).not.toBe(visitorId);
    expect(collector.received).toHaveLength(2);
  });
  it('what other scripts keep is left alone', async () => {
    await arrive('https://lander.example/');
    document.cookie = 'theirs=1';
    localStorage.setItem('theirs', '1');
    const clickback = await arrive('https://lander.example/?clickid=a1');
    clickback.consent(false);
    expect(cookies()).toMatchObject([{ name: 'theirs' }]);
    expect({ ...localStorage }).toEqual({ theirs: '1' });
  });
});
