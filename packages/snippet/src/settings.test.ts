import { describe, expect, it, vi } from 'vitest';
import { arrive, collector, freshBrowser } from '../test/support/page.ts';

freshBrowser();

const LANDER = 'https://lander.example/?clickid=a1';
/** With a type no browser runs, or jsdom would fetch it. */
const tag = (attributes: string) => `<script type="x" ${attributes}></script>`;

describe('settings are read', () => {
  it('from the attributes of the script tag', async () => {
    const head = tag(
      'data-shop="second" src="https://c.shop.example/c.js" data-carry="pay.example" data-params="sub1" data-days="7"',
    );
    const clickback = await arrive('https://lander.example/?sub1=s1&clickid=a1', { head });
    expect(clickback.clickId).toBe('s1');
    expect(clickback.carry('https://pay.example/')).toBe('https://pay.example/?clickid=s1');
    expect(collector.received).toMatchObject([
      { to: 'https://c.shop.example/b', beacon: { shop: 'second', via: 'sub1' } },
    ]);
  });
  it.each(['src="https://c.shop.example/c.js"', 'src="https://c.shop.example/c.js?v=2" async'])(
    'from a tag without attributes of ours: %s',
    async (attributes) => {
      await arrive(LANDER, { head: tag('src="/other.js"') + tag(attributes) });
      expect(collector.received[0]?.to).toBe('https://c.shop.example/b');
    },
  );
  it('from the tag that runs, where there are several', async () => {
    const running = document.createElement('script');
    running.dataset['shop'] = 'second';
    vi.spyOn(document, 'currentScript', 'get').mockReturnValue(running);
    await arrive(LANDER, { head: tag('data-shop="first"') });
    expect(collector.beacons[0]?.shop).toBe('second');
  });
  it('from window.clickbackSettings, where a tag manager has stripped the attributes', async () => {
    const settings = {
      shop: 'second',
      endpoint: '/proxy/b',
      carry: ['pay.example'],
      params: ['sub1'],
      days: 7,
    };
    const clickback = await arrive('https://lander.example/?sub1=s1', { settings });
    expect(clickback.carry('https://pay.example/')).toBe('https://pay.example/?clickid=s1');
    expect(collector.received).toMatchObject([{ to: '/proxy/b', beacon: { shop: 'second', via: 'sub1' } }]);
  });
  it('from both: the tag has the last word', async () => {
    const head = tag('data-shop="second" data-endpoint="https://b.example/b"');
    await arrive(LANDER, { head, settings: { shop: 'first', endpoint: '/b', cookies: '_binom' } });
    expect(collector.received).toMatchObject([{ to: 'https://b.example/b', beacon: { shop: 'second' } }]);
  });
  it('from nowhere: beacons go to the page itself, for the collector’s own shop', async () => {
    await arrive(LANDER);
    expect(collector.received[0]?.to).toBe('https://lander.example/b');
    expect(collector.beacons[0]).not.toHaveProperty('shop');
  });
  it.each([
    ['consent in the tag', { head: tag('data-shop="main" data-consent="required"') }],
    ['consent in the settings', { settings: { consent: 'required' } }],
  ])('%s', async (_what, page) => {
    await arrive(LANDER, page);
    expect(collector.received).toEqual([]);
  });
});
