/** Shops, keys and connections to trackers, and the secrets that belong to them. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS } from '../../src/core/shop.ts';
import {
  BY,
  claim,
  connect,
  connectionSettings,
  freshLedger,
  news,
  newsOf,
  NOW,
  type OpenLedger,
  stored,
} from './ledger-samples.ts';

const PAGE = { shop: 'main', state: null, limit: 10, cursor: null };

export function describeConnections(open: OpenLedger): void {
  describe('shops and keys', () => {
    const ledger = freshLedger(open);

    it('keeps a shop and its settings, and the last word holds', async () => {
      const settings = {
        ...DEFAULT_SHOP_SETTINGS,
        name: 'Lamps',
        origins: ['https://lamps.example'],
        windowDays: 7,
      };
      await ledger().saveShop({ shop: 'lamps', settings: { ...settings, windowDays: 3 } }, BY);
      await ledger().saveShop({ shop: 'lamps', settings }, BY);
      expect((await ledger().directory()).shops).toEqual([{ shop: 'lamps', settings }]);
    });

    it('judges by the settings of the shop', async () => {
      await ledger().saveShop(
        { shop: 'main', settings: { ...DEFAULT_SHOP_SETTINGS, testOrders: 'send' } },
        BY,
      );
      await connect(ledger());
      const { postback } = stored(await ledger().receiveOrder(newsOf('click-1', { test: true })));
      expect(postback).toMatchObject({ state: 'due' });
    });

    it('keeps the hashes of keys until they are removed', async () => {
      const key = { shop: 'main', id: 'k-1', hash: 'ab12', label: 'shop', createdAt: NOW };
      await ledger().addKey(key, BY);
      await ledger().addKey({ ...key, id: 'k-2', hash: 'cd34' }, BY);
      expect((await ledger().directory()).keys).toHaveLength(2);
      expect(await ledger().removeKey('main', 'k-2', BY)).toBe(true);
      expect(await ledger().removeKey('main', 'k-2', BY)).toBe(false);
      expect((await ledger().directory()).keys).toEqual([key]);
    });
  });

  describe('connections', () => {
    const ledger = freshLedger(open);

    it('keeps the settings, healthy and without the secret in sight', async () => {
      const settings = connectionSettings({ repeats: 'adds', extraParams: { sub: '{order_id}' } });
      await ledger().saveConnection({
        ...BY,
        shop: 'main',
        tracker: 'binom',
        settings,
        apiKey: 'very secret',
      });
      const connections = await ledger().connections('main');
      expect(connections).toMatchObject([
        { shop: 'main', tracker: 'binom', settings, health: { failures: 0 } },
      ]);
      expect(JSON.stringify(connections)).not.toContain('very secret');
      expect(await ledger().connections('second')).toEqual([]);
    });

    it('opens the secret for whoever asks for it; leaving it out leaves it, null removes it', async () => {
      const ask = { ...BY, shop: 'main', tracker: 'binom', settings: connectionSettings() };
      expect(await ledger().connectionSecret('main', 'binom')).toBeNull();
      await ledger().saveConnection({ ...ask, apiKey: 'very secret – äöü' });
      await ledger().saveConnection(ask);
      expect(await ledger().connectionSecret('main', 'binom')).toBe('very secret – äöü');
      await ledger().saveConnection({ ...ask, apiKey: null });
      expect(await ledger().connectionSecret('main', 'binom')).toBeNull();
    });

    it('says which shops report to the same domain', async () => {
      await connect(ledger(), { repeats: 'replaces' }, 'first');
      await connect(ledger(), { trackingDomain: 'other.example' }, 'second');
      expect((await connect(ledger(), { repeats: 'replaces' }, 'third')).sharedWith).toEqual(['first']);
    });

    it('says how many postbacks had no tracker, and they can be sent now', async () => {
      await ledger().receiveOrder(newsOf('click-1'));
      expect((await connect(ledger())).skippedBefore).toBe(1);
      expect(await claim(ledger())).toEqual([]);
      const query = { ...BY, shop: 'main', states: ['skipped'] as const, from: null, to: null };
      expect(await ledger().replayMany({ ...query, dryRun: true })).toMatchObject([
        { report: { payout: '49.90' } },
      ]);
      expect(await claim(ledger())).toEqual([]);
      expect(await ledger().replayMany({ ...query, dryRun: false })).toHaveLength(1);
      expect(await claim(ledger())).toHaveLength(1);
    });

    it('skips what waits when the tracker is disconnected, and forgets the secret', async () => {
      const ask = {
        ...BY,
        shop: 'main',
        tracker: 'binom',
        settings: connectionSettings(),
        apiKey: 'very secret',
      };
      await ledger().saveConnection(ask);
      await ledger().receiveOrder(newsOf('click-1'));
      expect(await ledger().removeConnection('main', 'binom', BY)).toBe(true);
      expect(await ledger().removeConnection('main', 'binom', BY)).toBe(false);
      expect(await ledger().connections('main')).toEqual([]);
      expect(await ledger().connectionSecret('main', 'binom')).toBeNull();
      expect((await ledger().postbacks(PAGE)).items).toMatchObject([
        { state: 'skipped', reason: 'disconnected' },
      ]);
      expect(await claim(ledger())).toEqual([]);
    });

    it('has nothing to resume where nothing is connected', async () => {
      expect(await ledger().resumeConnection('main', 'binom', BY)).toBeNull();
    });

    it('asks what the tracker does with repeats when a click has its second order', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      await ledger().receiveOrder(newsOf('click-1', { orderId: '1002' }));
      expect(await ledger().notices('main')).toMatchObject([
        { code: 'second-order-on-click', subject: 'click:click-1', firstAt: NOW },
      ]);
      await connect(ledger(), { repeats: 'adds' });
      expect(await ledger().notices('main')).toEqual([]);
    });

    it('reports an order without a click nowhere', async () => {
      await connect(ledger());
      expect(stored(await ledger().receiveOrder(news())).postback).toBeNull();
      expect(await claim(ledger())).toEqual([]);
    });
  });
}
