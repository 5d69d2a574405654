import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrive, freshBrowser } from '../test/support/page.ts';

const settings = {
  carry: 'pay.other.example, cart.example=attributes[clickid], 127.0.0.1:8080 buy.stripe.com',
};
const page = 'https://www.lander.example/offers/p?clickid=a1';

freshBrowser();

describe('carry', () => {
  it.each([
    ['the checkout of the page itself', '/checkout', '/checkout?clickid=a1'],
    ['one below it', '/checkouts/cn/1?x=%20+#pay', '/checkouts/cn/1?x=%20+&clickid=a1#pay'],
    ['a relative one', '../checkout/', '../checkout/?clickid=a1'],
    [
      'the checkout of a sibling host',
      'https://shop.lander.example/checkout',
      'https://shop.lander.example/checkout?clickid=a1',
    ],
    ['a listed host', 'https://pay.other.example', 'https://pay.other.example?clickid=a1'],
    ['a listed host without a scheme', '//pay.other.example/x', '//pay.other.example/x?clickid=a1'],
    [
      'a stale id',
      'https://pay.other.example/?a=1&clickid=old&b=2',
      'https://pay.other.example/?a=1&clickid=a1&b=2',
    ],
    [
      'a host with its own parameter',
      'https://cart.example/1:1',
      'https://cart.example/1:1?attributes[clickid]=a1',
    ],
    [
      'a listed host on any port',
      'https://pay.other.example:8443/',
      'https://pay.other.example:8443/?clickid=a1',
    ],
    ['a listed host with a port', 'http://127.0.0.1:8080/c', 'http://127.0.0.1:8080/c?clickid=a1'],
    [
      'Stripe, by its built-in parameter',
      'https://buy.stripe.com/test',
      'https://buy.stripe.com/test?client_reference_id=a1',
    ],
    ['space around a URL', ' https://pay.other.example/x\n', 'https://pay.other.example/x?clickid=a1'],
  ])('%s gets the click id', async (_what, url, expected) => {
    expect((await arrive(page, { settings })).carry(url)).toBe(expected);
  });
  it.each([
    ['another page of the site', '/about?x=1'],
    ['a page that only ends so', '/to/checkout'],
    ['another host', 'https://elsewhere.example/checkout'],
    ['a host that only looks alike', 'https://notlander.example/checkout'],
    ['a host that only ends alike', 'https://evil-pay.other.example/'],
    ['a subdomain of a listed host', 'https://x.pay.other.example/'],
    ['another port', 'http://127.0.0.1:8081/c'],
    ['mail', 'mailto:me@pay.other.example'],
    ['a telephone', 'tel:+123'],
    ['a script', 'javascript:void(0)'],
    ['nothing that can be read', 'https://['],
    ['an empty one', ''],
    ['a jump', '#checkout'],
  ])('%s stays as it is', async (_what, url) => {
    expect((await arrive(page, { settings })).carry(url)).toBe(url);
  });
  it.each(['a.1', 'a~1'])('Stripe does not get %s, which it would drop', async (id) => {
    const clickback = await arrive(`https://lander.example/?clickid=${id}`, { settings });
    expect(clickback.carry('https://buy.stripe.com/test')).toBe('https://buy.stripe.com/test');
    expect(clickback.carry('https://pay.other.example/')).toBe(`https://pay.other.example/?clickid=${id}`);
  });
  it('Stripe on a domain of its own is told by its parameter', async () => {
    const own = { carry: ['pay.lander.example=client_reference_id'] };
    const url = 'https://pay.lander.example/b/1';
    expect((await arrive('https://lander.example/?clickid=a1', { settings: own })).carry(url)).toBe(
      `${url}?client_reference_id=a1`,
    );
    expect((await arrive('https://lander.example/?clickid=a.1', { settings: own })).carry(url)).toBe(url);
  });
  it('a relative URL is read as the page reads it, with its base', async () => {
    const head = '<base href="https://pay.other.example/shop/">';
    expect((await arrive(page, { settings, head })).carry('pay?x=1')).toBe('pay?x=1&clickid=a1');
  });
  it('without a click id everything stays as it is', async () => {
    const clickback = await arrive('https://lander.example/', { settings });
    expect(clickback.carry('https://pay.other.example/')).toBe('https://pay.other.example/');
  });
  it('every URL of a listed host is only added to, once', async () => {
    const { carry } = await arrive(page, { settings });
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (any) => {
        const url = any.replace(/^\w+:\/\/[^/?#]*/, 'https://pay.other.example');
        const [, before, fragment] = /^([^#]*)(#.*)?$/.exec(url) as unknown as [string, string, string?];
        const [, query] = /\?(.*)$/.exec(before) ?? [];
        const glue = query === undefined ? '?' : query && '&';
        expect(carry(url)).toBe(`${before}${glue}clickid=a1${fragment ?? ''}`);
        expect(carry(carry(url))).toBe(carry(url));
      }),
    );
  });
});
