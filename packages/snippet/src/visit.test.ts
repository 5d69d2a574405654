import { describe, expect, it } from 'vitest';
import { arrive, collector, cookies, freshBrowser } from '../test/support/page.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/;

freshBrowser();

describe('a visitor arrives', () => {
  it('the click id in the URL is kept, told and shown', async () => {
    const clickback = await arrive('https://lander.example/p?x=1&clickid=81e60haa86o0b7#top');
    expect(clickback.clickId).toBe('81e60haa86o0b7');
    expect(clickback.visitorId).toMatch(UUID);
    expect(document.cookie).toContain('_binom=81e60haa86o0b7');
    expect(document.cookie).toContain(`_cbv=${String(clickback.visitorId)}`);
    expect(collector.beacons).toEqual([
      {
        v: 1,
        id: expect.stringMatching(UUID) as string,
        click_id: '81e60haa86o0b7',
        via: 'clickid',
        visitor: clickback.visitorId,
        url: 'https://lander.example/p',
        ref: '',
        dom: 'lander.example',
        age: expect.any(Number) as number,
      },
    ]);
  });
  it.each([
    ['?clickid=a1&click_id=b2', '_binom=c3; binom=d4', 'a1', 'clickid'],
    ['?click_id=b2&x=1', '_binom=c3; binom=d4', 'b2', 'click_id'],
    ['', '_binom=c3; binom=d4', 'c3', '_binom'],
    ['', 'binom=d4', 'd4', 'binom'],
    ['?clickid=%7Bclickid%7D&click_id=b2', '', 'b2', 'click_id'],
    ['?clickid=%7Bclickid%7D', 'binom=d4', 'd4', 'binom'],
    ['?clickid={clickid}&clickid=a1', '', 'a1', 'clickid'],
    ['?clickid=&clickid=a1', '', 'a1', 'clickid'],
    ['?clickid=%20Ab.c_d~e-1%20', '', 'Ab.c_d~e-1', 'clickid'],
    ['?broken=%E0%A4%A&clickid=a1', '', 'a1', 'clickid'],
    ['?clickid=%E0%A4%A', 'binom=d4', 'd4', 'binom'],
  ])('%s with cookies "%s" gives %s', async (query, jar, ...[click_id, via]) => {
    await arrive('https://lander.example/');
    for (const cookie of jar.split('; ')) document.cookie = cookie;
    const clickback = await arrive(`https://lander.example/${query}`);
    expect(clickback.clickId).toBe(click_id);
    expect(collector.beacons.at(-1)).toMatchObject({ click_id, via });
  });
  it('without a click id nothing is kept and nothing is sent', async () => {
    const clickback = await arrive('https://lander.example/?x=1');
    expect(clickback).toMatchObject({ clickId: null, visitorId: null });
    expect(cookies()).toEqual([]);
    expect({ ...localStorage }).toEqual({});
    expect(collector.received).toEqual([]);
  });
  it('other names are read where the page lists them, and what we keep is still read back', async () => {
    const settings = { params: 'aff, sub1', cookies: ['theirs'] };
    await arrive('https://lander.example/?clickid=no&sub1=yes', { settings });
    const clickback = await arrive('https://lander.example/next', { settings });
    expect(clickback.clickId).toBe('yes');
  });
});

describe('an unusable value', () => {
  it.each([
    ['{clickid}', 'macro'],
    ['%257Bclickid%257D', 'macro'],
    ['[click_id]', 'macro'],
    ['${clickid}', 'macro'],
    ['OPTIONAL', 'filler'],
    ['null', 'filler'],
    ['a%20b', 'charset'],
    ['x'.repeat(129), 'charset'],
  ])('%s is reported as %s, without a click id', async (value, bad) => {
    const clickback = await arrive(`https://lander.example/?clickid=${value}`);
    expect(clickback.clickId).toBeNull();
    expect(collector.beacons).toMatchObject([{ via: 'clickid', bad }]);
    expect(collector.beacons[0]).not.toHaveProperty('click_id');
    expect(collector.beacons[0]).not.toHaveProperty('visitor');
  });
  it('is reported once a session', async () => {
    await arrive('https://lander.example/?clickid={clickid}');
    await arrive('https://lander.example/?clickid={clickid}');
    expect(collector.received).toHaveLength(1);
  });
  it('does not hide the click id of an earlier visit', async () => {
    await arrive('https://lander.example/?clickid=a1');
    const clickback = await arrive('https://lander.example/?clickid={clickid}');
    expect(clickback.clickId).toBe('a1');
    expect(collector.beacons).toMatchObject([{ click_id: 'a1' }, { bad: 'macro' }]);
  });
});

describe('a click is told once', () => {
  it('a reload and the pages after it add nothing', async () => {
    await arrive('https://lander.example/?clickid=a1');
    await arrive('https://lander.example/?clickid=a1');
    await arrive('https://lander.example/next');
    expect(collector.received).toHaveLength(1);
  });
  it('a page reached with the cookie only tells it, if nobody has', async () => {
    await arrive('https://lander.example/');
    document.cookie = '_binom=set-by-the-shop';
    await arrive('https://lander.example/a');
    await arrive('https://lander.example/b');
    expect(collector.beacons).toMatchObject([{ click_id: 'set-by-the-shop', via: '_binom' }]);
  });
  it('the next click of the same visitor is told as well', async () => {
    const first = await arrive('https://lander.example/?clickid=a1');
    const second = await arrive('https://lander.example/?clickid=b2');
    expect(second.visitorId).toBe(first.visitorId);
    expect(collector.beacons).toMatchObject([{ click_id: 'a1' }, { click_id: 'b2' }]);
    expect(document.cookie).toContain('_binom=b2');
  });
  it('a browser that has forgotten the visitor tells the click again, for the new visitor', async () => {
    const first = await arrive('https://lander.example/?clickid=a1');
    document.cookie = '_cbv=; domain=lander.example; path=/; max-age=0';
    const second = await arrive('https://lander.example/next');
    expect(second.visitorId).not.toBe(first.visitorId);
    expect(collector.beacons.map(({ visitor }) => visitor)).toEqual([first.visitorId, second.visitorId]);
  });
});

describe('what the page says', () => {
  it('capture takes a click id from elsewhere and keeps it', async () => {
    const clickback = await arrive('https://lander.example/');
    clickback.capture(' c9 ');
    expect(clickback.clickId).toBe('c9');
    expect(document.cookie).toContain('_binom=c9');
    expect(collector.beacons).toMatchObject([{ click_id: 'c9', via: 'capture' }]);
  });
  it('capture of something unusable leaves the click id that is there', async () => {
    const clickback = await arrive('https://lander.example/?clickid=a1');
    clickback.capture('{clickid}');
    expect(clickback.clickId).toBe('a1');
  });
  it('join tells which order key belongs to this visitor', async () => {
    const clickback = await arrive('https://lander.example/?clickid=a1');
    clickback.join('wc_order_8fK2');
    expect(collector.beacons[1]).toMatchObject({
      join: 'wc_order_8fK2',
      click_id: 'a1',
      visitor: clickback.visitorId,
    });
  });
  it('join says nothing where neither a click nor a visitor is known', async () => {
    const clickback = await arrive('https://lander.example/');
    clickback.join('wc_order_8fK2');
    expect(collector.received).toEqual([]);
  });
  it('join speaks for the visitor also where the click id is lost', async () => {
    const { visitorId } = await arrive('https://lander.example/?clickid=a1');
    document.cookie = '_binom=; domain=lander.example; path=/; max-age=0';
    (await arrive('https://lander.example/thanks')).join('wc_order_8fK2');
    expect(collector.beacons[1]).toMatchObject({ join: 'wc_order_8fK2', visitor: visitorId });
    expect(collector.beacons[1]).not.toHaveProperty('click_id');
  });
});
