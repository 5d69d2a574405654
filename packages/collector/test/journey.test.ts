/** A person's way in a real browser: ad click, lander, product, checkout, paid; and the conversion at the stand-in Binom. */
import { startBinom, startShop, type Binom, type Shop } from '@clickback/sandbox';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig, startCollector, type Collector } from '../src/index.ts';
import { CHROMIUM, openBrowser } from './support/browser.ts';

const API_KEY = 'a-shop-key-for-the-journey';
const ADMIN_TOKEN = 'an-admin-token-for-the-journey';
const CLICK = '81e60haa86o0b7';

// Without a browser nothing of this can be shown; CI installs one, and the report counts what was skipped.
describe.skipIf(CHROMIUM === null)(
  'in a real browser, a click finds its way home',
  { timeout: 30_000 },
  () => {
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let binom: Binom;
    let collector: Collector;
    let shop: Shop;

    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser.close());

    beforeEach(async () => {
      binom = await startBinom({ clicks: [CLICK] });
      collector = await startCollector(
        readConfig({
          PORT: '0',
          LEDGER_URL: 'memory:',
          ADMIN_TOKEN,
          SHOP_API_KEY: API_KEY,
          BINOM_DOMAIN: binom.url,
          TRACKER_ALLOW_HOSTS: binom.host,
        }),
      );
      shop = await startShop({
        collectorUrl: collector.url,
        apiKey: API_KEY,
        checkoutOrigin: (port) => `http://pay.localhost:${port}`,
        carry: ['pay.localhost'],
      });
      context = await browser.createBrowserContext();
      page = await context.newPage();
    });
    afterEach(async () => {
      await context.close();
      await shop.close();
      await collector.close();
      await binom.close();
    });

    /** The shop answers under every name; a name of its own makes it a site of its own. */
    const at = (host: string, path: string) => `http://${host}:${new URL(shop.url).port}${path}`;

    const click = (selector: string) => Promise.all([page.waitForNavigation(), page.click(selector)]);

    /** From the lander to the payment, as a person goes: by clicking. */
    const buy = async (lander: string) => {
      await page.goto(lander);
      await click('a.button[href^="/product"]');
      await click('#buy');
      await click('#pay');
      await page.waitForSelector('#report[data-state="stored"]');
    };

    /** Exactly one conversion, told by exactly one request: the collector has finished everything before this looks. */
    const theOnlyConversion = async () => {
      await vi.waitFor(() => expect(binom.conversions()).toHaveLength(1));
      await collector.close();
      expect(binom.requests.filter(({ url }) => url.startsWith('/click.php'))).toHaveLength(1);
      const [conversion] = binom.conversions();
      return conversion;
    };

    /** Beacons of the click that reached the collector. */
    const beacons = async () => {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      const answer = await fetch(`${collector.url}/v1/shops/main/clicks/${CLICK}`, { headers });
      return ((await answer.json()) as { beacons: unknown[] }).beacons;
    };

    const PAID = { clickId: CLICK, payout: '49.90', status: '1', currency: 'EUR' };

    it('with clickid in the address, over two hosts', async () => {
      await buy(at('lander.localhost', `/?clickid=${CLICK}`));
      expect(new URL(page.url()).hostname).toBe('pay.localhost');
      expect(await beacons()).toContainEqual(
        expect.objectContaining({ via: 'clickid', url: at('lander.localhost', '/') }),
      );
      expect(await theOnlyConversion()).toMatchObject(PAID);
    });

    it('with click_id only', async () => {
      await buy(at('lander.localhost', `/?click_id=${CLICK}`));
      expect(await theOnlyConversion()).toMatchObject(PAID);
    });

    it('with the cookie only', async () => {
      await context.setCookie({ name: '_binom', value: CLICK, domain: 'lander.localhost', path: '/' });
      await buy(at('lander.localhost', '/'));
      expect(await theOnlyConversion()).toMatchObject(PAID);
    });

    it('with beacons blocked entirely: the id carried by the checkout still attributes', async () => {
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const isBeacon = request.url().startsWith(collector.url) && !request.url().endsWith('/c.js');
        void (isBeacon ? request.abort() : request.continue());
      });
      await buy(at('lander.localhost', `/?clickid=${CLICK}`));
      expect(await beacons()).toEqual([]);
      expect(await theOnlyConversion()).toMatchObject(PAID);
    });

    it('with nothing carried: the beacon of the visitor still attributes', async () => {
      // The checkout is on the lander's own host here, where the visitor's cookie is.
      await page.goto(at('lander.localhost', `/?clickid=${CLICK}`), { waitUntil: 'networkidle0' });
      await context.deleteCookie(...(await context.cookies()).filter(({ name }) => name === '_binom'));
      await page.goto(at('lander.localhost', '/checkout?nosnippet=1'), { waitUntil: 'networkidle0' });
      await click('#pay');
      expect(await theOnlyConversion()).toMatchObject(PAID);
    });

    it('without any click, nothing is sent and the shop hears why', async () => {
      await buy(at('lander.localhost', '/'));
      await collector.close();
      expect(binom.requests).toHaveLength(0);
    });
  },
);
