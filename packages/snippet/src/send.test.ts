import { describe, expect, it, vi } from 'vitest';
import { answered, arrive, collector, freshBrowser, leave } from '../test/support/page.ts';

const waiting = () => Object.keys(localStorage).filter((key) => key.startsWith('clickback.'));

freshBrowser();

describe('a beacon', () => {
  it('goes as text, with credentials, and outlives the page', async () => {
    await arrive('https://lander.example/?clickid=a1', {
      settings: { endpoint: 'https://c.lander.example/b' },
    });
    const [sent] = collector.received;
    expect(sent?.to).toBe('https://c.lander.example/b');
    expect(sent?.init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'include' });
    expect(sent?.init).not.toHaveProperty('headers');
    expect(sent?.init.body).toBeTypeOf('string');
  });
  it('says how long ago the click was captured, by the clock of the moment it is sent', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
    collector.answers = 0;
    await arrive('https://lander.example/?clickid=a1');
    vi.setSystemTime(1_700_000_001_200);
    leave();
    vi.setSystemTime(1_700_000_060_000);
    await arrive('https://lander.example/next');
    vi.useRealTimers();
    expect(collector.beacons.map(({ age }) => age)).toEqual([0, 60_000]);
    expect(collector.left.map(({ age }) => age)).toEqual([1200]);
  });
  it('holds addresses without their queries and fragments', async () => {
    vi.spyOn(document, 'referrer', 'get').mockReturnValue('https://ads.example/x?q=secret#y');
    await arrive('https://lander.example/p/?clickid=a1&email=me#top');
    expect(collector.beacons[0]).toMatchObject({
      url: 'https://lander.example/p/',
      ref: 'https://ads.example/x',
    });
  });
  it('names the shop of the tag', async () => {
    await arrive('https://lander.example/?clickid=a1', { settings: { shop: 'second' } });
    expect(collector.beacons[0]?.shop).toBe('second');
  });
});

describe('the answer decides what becomes of it', () => {
  it.each([204, 200, 400, 403, 404, 413])('after %i it is done with', async (status) => {
    collector.answers = status;
    await arrive('https://lander.example/?clickid=a1');
    expect(waiting()).toEqual([]);
  });
  it.each([0, 429, 500, 503])(
    'after %i it stays, and the next page sends the same one again',
    async (status) => {
      collector.answers = status;
      await arrive('https://lander.example/?clickid=a1');
      expect(waiting()).toHaveLength(1);
      collector.answers = 204;
      await arrive('https://lander.example/next');
      const [first, second, ...more] = collector.beacons;
      expect(second).toEqual({ ...first, age: second?.age });
      expect([more, waiting()]).toEqual([[], []]);
    },
  );
  it.each([400, 403, 404])(
    'after %i the next page says the click anew, for the shop may have been mended',
    async (status) => {
      collector.answers = status;
      await arrive('https://lander.example/?clickid=a1');
      collector.answers = 204;
      await arrive('https://lander.example/next');
      await arrive('https://lander.example/last');
      expect(collector.beacons).toMatchObject([{ click_id: 'a1' }, { click_id: 'a1' }]);
    },
  );
  it('an answer that arrives after the page has asked for more drops only its own beacon', async () => {
    const clickback = await arrive('https://lander.example/');
    collector.answers = 503;
    clickback.capture('a1');
    collector.answers = 204;
    clickback.join('wc_order_8fK2');
    await answered();
    expect(waiting()).toHaveLength(1);
    expect(localStorage.getItem(waiting()[0] ?? '')).not.toContain('wc_order_8fK2');
  });
});

describe('when the page goes', () => {
  it('what is not acknowledged is sent once more, and stays', async () => {
    collector.answers = 0;
    await arrive('https://lander.example/?clickid=a1');
    leave();
    expect(collector.left).toMatchObject([{ id: collector.beacons[0]?.id, click_id: 'a1' }]);
    expect(waiting()).toHaveLength(1);
  });
  it('what is acknowledged is not', async () => {
    await arrive('https://lander.example/?clickid=a1');
    leave();
    expect(collector.left).toEqual([]);
  });
  it('a browser without fetch has this way only', async () => {
    vi.stubGlobal('fetch', undefined);
    await arrive('https://lander.example/?clickid=a1');
    leave();
    expect(collector.left).toMatchObject([{ click_id: 'a1' }]);
  });
});

describe('the queue', () => {
  it('holds the last twenty', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
    collector.answers = 0;
    const clickback = await arrive('https://lander.example/?clickid=a1');
    for (let order = 10; order < 40; order += 1) {
      vi.setSystemTime(Date.now() + 1);
      clickback.join(`wc_order_${order}`);
    }
    vi.useRealTimers();
    const kept = waiting().map((key) => localStorage.getItem(key) ?? '');
    const orders = Array.from({ length: 20 }, (_, index) => `wc_order_${20 + index}`);
    expect(kept.map((text) => /wc_order_\d+/.exec(text)?.[0]).sort()).toEqual(orders);
  });
  it('gives up the oldest first, in whatever order the browser lists its keys', async () => {
    for (const at of [...Array(19).keys(), -1]) {
      localStorage.setItem(`clickback.0192c5a1-${String(at + 1).padStart(4, '0')}`, '{"v":1,"age":-1}');
    }
    collector.answers = 0;
    await arrive('https://lander.example/?clickid=a1');
    expect(waiting()).toHaveLength(20);
    expect(waiting()).not.toContain('clickback.0192c5a1-0000');
  });
  it('loses nothing of another tab: each beacon has a key of its own', async () => {
    collector.answers = 0;
    await arrive('https://lander.example/?clickid=a1');
    localStorage.setItem(
      'clickback.0192-other-tab',
      '{"v":1,"id":"0192-other-tab","click_id":"b2","age":-1}',
    );
    collector.answers = 204;
    await arrive('https://lander.example/next');
    expect(
      collector.beacons
        .slice(1)
        .map(({ click_id }) => click_id)
        .sort(),
    ).toEqual(['a1', 'b2']);
    expect(waiting()).toEqual([]);
  });
});
