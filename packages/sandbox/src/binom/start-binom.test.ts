import { afterEach, describe, expect, test } from 'vitest';
import { startBinom, type Binom, type BinomOptions } from './start-binom.ts';

let binom: Binom;

async function start(options: BinomOptions = {}): Promise<void> {
  binom = await startBinom(options);
}

afterEach(() => binom.close());

const get = (path: string, init: RequestInit = {}) =>
  fetch(binom.url + path, { redirect: 'manual', ...init });

describe('postbacks', () => {
  test.each(['/click.php', '/click'])('%s counts a conversion', async (path) => {
    await start();
    const response = await get(`${path}?cnv_id=abc&payout=49.90&cnv_status=1&cnv_currency=EUR`);
    expect([response.status, await response.text()]).toEqual([200, 'OK']);
    expect(binom.conversions()).toEqual([binom.conversion('abc')]);
    expect(binom.conversion('abc')).toMatchObject({ payout: '49.90', currency: 'EUR', status: '1' });
  });

  test('repeats add or replace as the offer says', async () => {
    for (const [upsell, payout] of [
      [true, '60.00'],
      [false, '10.10'],
    ] as const) {
      const other = await startBinom({ upsell });
      for (const sent of ['49.90', '10.10']) await fetch(`${other.url}/click?cnv_id=abc&payout=${sent}`);
      expect(other.conversion('abc')).toMatchObject({ payout, postbacks: 2 });
      await other.close();
    }
    await start();
  });

  test('an unknown click is answered 200 and records nothing', async () => {
    await start({ clicks: ['known'] });
    const response = await get('/click.php?cnv_id=stranger&payout=5');
    expect([response.status, await response.text()]).toEqual([200, 'Error: click not found']);
    expect(binom.conversions()).toEqual([]);
    expect(binom.requests.map(({ counted }) => counted)).toEqual([false]);
    expect([binom.knows('known'), binom.knows('stranger')]).toEqual([true, false]);
  });

  test('an unknown click is answered with another status where told so', async () => {
    await start({ clicks: [], unknownClickStatus: 404 });
    expect((await get('/click?cnv_id=stranger')).status).toBe(404);
    binom.learn('stranger');
    expect((await get('/click?cnv_id=stranger')).status).toBe(200);
  });

  test('an unreadable payout says so and records nothing', async () => {
    await start();
    expect(await (await get('/click?cnv_id=abc&payout=1e6')).text()).toBe('Error: payout is not a number');
    expect(binom.conversions()).toEqual([]);
  });

  test('disable_postback=1 keeps the news from the ad network', async () => {
    await start();
    await get('/click?cnv_id=abc&payout=49.90');
    await get('/click?cnv_id=abc&payout=0&disable_postback=1');
    expect(binom.trafficSourcePostbacks('abc')).toEqual([
      { clickId: 'abc', payout: '49.90', at: expect.any(Number) },
    ]);
    expect(binom.conversion('abc')).toMatchObject({ payout: '0', postbacks: 2 });
  });

  test('a click address with neither click nor key is not found', async () => {
    await start();
    expect((await get('/click.php')).status).toBe(404);
    expect((await get('/elsewhere?cnv_id=abc')).status).toBe(404);
    expect(binom.conversions()).toEqual([]);
  });

  test('every request is kept as it came', async () => {
    await start();
    await get('/click?cnv_id=a%20b', { headers: { 'x-mark': 'one' } });
    expect(binom.requests).toEqual([
      expect.objectContaining({ method: 'GET', url: '/click?cnv_id=a%20b', counted: true }),
    ]);
    expect(binom.requests[0]?.headers['x-mark']).toBe('one');
  });

  test('what breaks is said without a stack', async () => {
    await start({ lander: 'http://shop.example/' });
    const response = await get('/c/%E0%A4%A');
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('at ');
  });
});

describe('campaign links', () => {
  test.each(['/c/summer', '/click.php?key=summer', '/click?key=summer'])('%s mints a click', async (path) => {
    await start({ clicks: [], lander: 'http://shop.example/?from=ad' });
    const response = await get(path);
    const location = new URL(response.headers.get('location') ?? '');
    const clickId = location.searchParams.get('clickid') ?? '';
    expect(response.status).toBe(302);
    expect(location.href).toBe(`http://shop.example/?from=ad&clickid=${clickId}`);
    expect(clickId).toMatch(/^[a-z0-9]{13,18}$/);
    expect(binom.knows(clickId)).toBe(true);
    expect(binom.conversion(clickId)).toBeUndefined();
  });

  test('the lander may be named later', async () => {
    await start();
    expect((await get('/c/summer')).status).toBe(404);
    binom.landAt('http://shop.example/');
    expect((await get('/c/summer')).headers.get('location')).toMatch(/^http:\/\/shop\.example\/\?clickid=/);
  });

  test('a minted click converts, and the log tells the story', async () => {
    const lines: string[] = [];
    await start({ clicks: [], log: (line) => lines.push(line) });
    const clickId = binom.mint();
    await get(`/click?cnv_id=${clickId}&payout=5&cnv_currency=EUR`);
    expect(lines).toEqual([`postback for click ${clickId}: 5 EUR; the conversion is worth 5 now`]);
  });
});

describe('the API', () => {
  const headers = { 'api-key': 'secret' };
  const rows = async (query: string) =>
    (
      (await (await get(`/public/api/v1/conversions?${query}`, { headers })).json()) as {
        rows: { id: string }[];
      }
    ).rows;

  test.each<Record<string, string>>([{}, { 'api-key': 'wrong' }])('answers 401 to %j', async (wrong) => {
    await start({ apiKey: 'secret' });
    for (const path of ['conversions?datePreset=today', 'conversion/abc', 'click/info/abc', 'unheard-of']) {
      expect((await get(`/public/api/v1/${path}`, { headers: wrong })).status).toBe(401);
    }
  });

  test('lists conversions, latest first, within limits', async () => {
    await start({ apiKey: 'secret' });
    for (const id of ['a', 'b', 'c']) await get(`/click?cnv_id=${id}&payout=1.50&cnv_currency=EUR`);
    expect(await rows('datePreset=today&timezone=UTC')).toHaveLength(3);
    expect(await rows('datePreset=yesterday')).toEqual([]);
    expect(await rows('datePreset=all_time&limit=1&offset=1')).toMatchObject([{ id: 'b' }]);
    const [first] = await rows('datePreset=all_time&sortType=asc&limit=1');
    expect(first).toMatchObject({ id: 'a', payout: '1.50', currency: 'EUR' });
  });

  test('refuses what it cannot read', async () => {
    await start({ apiKey: 'secret' });
    for (const query of ['', 'datePreset=fortnight', 'datePreset=today&limit=-1']) {
      expect((await get(`/public/api/v1/conversions?${query}`, { headers })).status).toBe(400);
    }
  });

  test('shows one conversion and one click', async () => {
    await start({ apiKey: 'secret', clicks: [] });
    const id = binom.mint('summer');
    const conversion = `/public/api/v1/conversion/${id}`;
    expect((await get(conversion, { headers })).status).toBe(404);
    await get(`/click?cnv_id=${id}&payout=49.90`);
    expect(await (await get(conversion, { headers })).json()).toMatchObject({
      id,
      payout: '49.90',
      campaign: 'summer',
    });
    const click = await get(`/public/api/v1/click/info/${id}`, { headers });
    expect(await click.json()).toEqual({ id, campaign: 'summer', clicked_at: expect.any(String) });
    expect((await get('/public/api/v1/click/info/stranger', { headers })).status).toBe(404);
  });
});

test('closing ends open connections, and closing twice is harmless', async () => {
  await start();
  await get('/click?cnv_id=abc');
  await binom.close();
  await binom.close();
  await expect(get('/click?cnv_id=abc')).rejects.toThrow();
});

test('a taken port is an error, not a hang', async () => {
  await start();
  await expect(startBinom({ port: Number(binom.host.split(':')[1]) })).rejects.toThrow('EADDRINUSE');
});
