import { beforeEach, describe, expect, it } from 'vitest';
import {
  BY,
  claim,
  connect,
  connectionSettings,
  MINUTE,
  newsOf,
  NOT_COUNTED,
  NOW,
  REFUSED,
  SECOND,
  settling,
} from '../../../test/contracts/ledger-samples.ts';
import { type OpenTables, openTables } from '../../../test/support/open-tables.ts';

const PAGE = { shop: 'main', state: null, limit: 100, cursor: null };

describe('saving a connection', () => {
  let tables: OpenTables;
  beforeEach(() => {
    tables = openTables();
  });

  it('keeps secrets out of every table and out of the audit log', async () => {
    const settings = connectionSettings({ extraParams: { token: 'operators-own' } });
    const ask = { ...BY, shop: 'main', tracker: 'binom', settings, apiKey: 'very secret' };
    await tables.ledger.saveConnection(ask);
    expect(tables.everything()).not.toContain('very secret');
    const [entry] = tables.rows(`SELECT * FROM audit WHERE action = 'save-connection'`);
    expect(entry).toMatchObject({ shop: 'main', actor: 'a test', at: NOW });
    expect(JSON.parse(String(entry?.['detail']))).toMatchObject({
      ...{ tracker: 'binom', apiKey: 'set', settings: { trackingDomain: 'track.example' } },
    });
    expect(entry?.['detail']).not.toContain('operators-own');
  });

  it('ends a pause and its notice, for the settings that were refused are gone', async () => {
    const { ledger } = tables;
    await connect(ledger);
    for (let index = 0; index < 5; index += 1)
      await ledger.receiveOrder(newsOf(`c-${index}`, { orderId: `${index}` }));
    for (const held of await claim(ledger)) await ledger.settle(settling(held, { outcome: REFUSED }));
    expect(await ledger.notices('main')).toMatchObject([{ code: 'tracker-paused' }]);
    const { connection } = await connect(ledger, { trackingDomain: 'right.example' });
    expect(connection.health).toMatchObject({ pausedAt: null, refusedClicks: [] });
    expect(await ledger.connections('main')).toEqual([connection]);
    expect(await ledger.notices('main')).toEqual([]);
  });

  it('takes back what the old settings were warned of', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    const [held] = await claim(ledger);
    const codes = ['currency-not-listed', 'status-rejects', 'web-page-answer'] as const;
    const about = { shop: 'main', subject: 'tracker:binom', detail: 'So it is.' };
    const warned = { outcome: 'accepted', warning: 'So it is.' } as const;
    await ledger.settle(
      settling(held!, { outcome: warned, notices: codes.map((code) => ({ ...about, code })) }),
    );
    expect(await ledger.notices('main')).toHaveLength(3);
    await connect(ledger);
    expect(await ledger.notices('main')).toEqual([]);
  });

  it('makes what waited for a failing tracker due now, but for the least waits', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    await ledger.receiveOrder(newsOf('click-2', { orderId: '1002' }));
    const [first, second] = await claim(ledger);
    await ledger.settle(settling(first!, { outcome: NOT_COUNTED }));
    await ledger.settle(settling(second!, { outcome: { ...NOT_COUNTED, retryAfterMs: MINUTE } }));
    await ledger.saveConnection({
      ...{
        actor: 'a test',
        now: NOW + SECOND,
        shop: 'main',
        tracker: 'binom',
        settings: connectionSettings(),
      },
    });
    const dueAt = async (id: string) => (await ledger.postback('main', id))?.dueAt;
    expect([await dueAt(first!.postbackId), await dueAt(second!.postbackId)]).toEqual([
      NOW + SECOND,
      NOW + MINUTE,
    ]);
  });

  it('changes nothing that waits by holding it', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    const before = await ledger.postbacks(PAGE);
    await connect(ledger, { enabled: false });
    expect(await ledger.postbacks(PAGE)).toEqual(before);
    expect(await claim(ledger)).toEqual([]);
  });

  it('counts as replayable only what had no tracker', async () => {
    const { ledger } = tables;
    await ledger.receiveOrder(newsOf('click-1'));
    await ledger.receiveOrder(newsOf('click-2', { orderId: '1002', test: true }));
    expect((await connect(ledger)).skippedBefore).toBe(1);
  });

  it('warns while two shops share a domain where payouts replace each other, and no longer', async () => {
    const { ledger } = tables;
    await connect(ledger, { trackingDomain: 'Track.Example' }, 'second');
    expect((await connect(ledger, { trackingDomain: 'TRACK.example' })).sharedWith).toEqual(['second']);
    expect(await ledger.notices('main')).toEqual([]);
    await connect(ledger, { repeats: 'replaces' });
    const warning = {
      code: 'shared-domain',
      subject: 'tracker:binom',
      detail: expect.stringContaining('second'),
    };
    expect(await ledger.notices('main')).toMatchObject([warning]);
    await ledger.removeConnection('second', 'binom', BY);
    expect((await connect(ledger, { repeats: 'replaces' })).sharedWith).toEqual([]);
    expect(await ledger.notices('main')).toEqual([]);
  });
});
