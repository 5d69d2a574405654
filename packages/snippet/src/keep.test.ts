import { describe, expect, it, vi } from 'vitest';
import { arrive, collector, cookies, freshBrowser, show } from '../test/support/page.ts';

freshBrowser();

const domains = () => [
  ...new Set(
    cookies().map(({ domain, hostOnly }) => (hostOnly === true ? `only ${String(domain)}` : domain)),
  ),
];

describe('our cookies stand on the widest domain the browser allows', () => {
  it.each([
    ['lander.example', 'lander.example'],
    ['www.lander.example', 'lander.example'],
    ['a.b.c.lander.example', 'lander.example'],
    ['lp.brand.co.uk', 'brand.co.uk'],
    ['brand.co.uk', 'brand.co.uk'],
    ['store.myshopify.com', 'store.myshopify.com'],
    ['a.b.github.io', 'b.github.io'],
  ])('%s keeps them for %s', async (host, domain) => {
    await arrive(`https://${host}/?clickid=a1`);
    expect(domains()).toEqual([domain]);
    expect(collector.beacons[0]?.dom).toBe(domain);
    expect(cookies().map(({ name }) => name)).toEqual(['_cbv', '_binom'].sort());
  });
  it('a host of one label keeps them for itself, and the beacon names no domain', async () => {
    await arrive('http://localhost:8080/?clickid=a1');
    expect(domains()).toEqual(['only localhost']);
    expect(collector.beacons[0]).not.toHaveProperty('dom');
  });
  it('a sibling host finds the click id and the visitor', async () => {
    const { visitorId } = await arrive('https://lp.brand.co.uk/?clickid=a1');
    expect(await arrive('https://shop.brand.co.uk/')).toMatchObject({ clickId: 'a1', visitorId });
  });
  it('an older cookie of this host alone does not hide the new click', async () => {
    show('https://www.lander.example/');
    document.cookie = '_binom=old';
    await arrive('https://www.lander.example/?clickid=new');
    expect((await arrive('https://www.lander.example/next')).clickId).toBe('new');
    expect((await arrive('https://shop.lander.example/')).clickId).toBe('new');
  });
});

describe('a kept cookie', () => {
  it('is Lax and Secure, and lives 30 days', async () => {
    await arrive('https://lander.example/?clickid=a1');
    for (const cookie of cookies()) {
      expect(cookie).toMatchObject({ sameSite: 'lax', secure: true });
      expect(cookie.days).toBeCloseTo(30, 2);
    }
  });
  it('is not Secure on a page without TLS', async () => {
    await arrive('http://lander.example/?clickid=a1');
    expect(cookies()).toMatchObject([{ secure: false }, { secure: false }]);
  });
  it.each([['7'], [7]])('lives data-days: %s', async (days) => {
    await arrive('https://lander.example/?clickid=a1', { settings: { days } });
    expect(cookies()[0]?.days).toBeCloseTo(7, 2);
  });
  it('is not written again while it stays the same, or Safari would shorten what the collector has set', async () => {
    await arrive('https://lander.example/?clickid=a1');
    const written = vi.spyOn(document, 'cookie', 'set');
    await arrive('https://lander.example/?clickid=a1');
    expect(written.mock.calls.map(([cookie]) => cookie.split('=')[0])).not.toContain('_binom');
    expect(written.mock.calls.map(([cookie]) => cookie.split('=')[0])).not.toContain('_cbv');
  });
  it('the domain is asked once a page', async () => {
    const clickback = await arrive('https://www.lander.example/?clickid=a1');
    const written = vi.spyOn(document, 'cookie', 'set');
    clickback.join('wc_order_8fK2');
    clickback.carry('https://lander.example/checkout');
    expect(written).not.toHaveBeenCalled();
  });
});
