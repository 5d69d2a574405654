import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLICK, openDesk, tooWide, type Desk } from '../../test/support/operator-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

describe('connect binom', () => {
  it('shows what it understood of a pasted URL, and what must be so in Binom', async () => {
    const { code, out } = await desk.run(
      'connect',
      'binom',
      '--domain',
      `${desk.binom.url}/click?cnv_id={clickid}`,
    );

    expect(code).toBe(0);
    expect(out).toContain(`${desk.binom.url}/click  is the Binom of shop main`);
    expect(out).toContain('[ ] payout is "Auto"');
    expect(out).toContain('repeats   not stated.');
    expect(tooWide(out)).toEqual([]);
  });

  it('changes what is mentioned and leaves the rest', async () => {
    await desk.run(
      'connect',
      'binom',
      '--domain',
      desk.binom.url,
      '--repeats',
      'adds',
      '--status',
      'refunded=3',
    );
    await desk.run(
      'connect',
      'binom',
      '--status',
      'pending=2',
      '--extra',
      't1={order_id}',
      '--percent',
      '30',
    );
    await desk.run('connect', 'binom', '--conversion-type', 'sale', '--disable');

    const { out } = await desk.run('connect', 'binom', '--json');

    expect(JSON.parse(out)).toMatchObject({
      ...{
        tracking_domain: desk.binom.host,
        scheme: 'http',
        repeats: 'adds',
        conversion_type: 'sale',
        enabled: false,
      },
      ...{
        statuses: { refunded: '3', pending: '2' },
        extra_params: { t1: '{order_id}' },
        payout_percent: '30',
      },
    });
  });

  it('takes back what is given empty, none or unknown', async () => {
    await desk.run(
      'connect',
      'binom',
      '--domain',
      desk.binom.url,
      '--fixed-payout',
      '12.50',
      '--repeats',
      'adds',
    );
    await desk.run('connect', 'binom', '--status', 'refunded=3', '--extra', 'a=b', '--api-key-stdin');
    await desk.run('connect', 'binom', '--status', 'refunded=', '--extra', 'a=', '--fixed-payout', 'none');
    await desk.run('connect', 'binom', '--repeats', 'unknown');

    const { out } = await desk.run('connect', 'binom', '--json');

    expect(JSON.parse(out)).toMatchObject({
      ...{ repeats: null, fixed_payout: null, extra_params: {}, api_key_set: true },
      statuses: { refunded: null },
    });
  });

  it('sends a test, and fails with Binom', async () => {
    await desk.run('connect', 'binom', '--domain', desk.binom.url);

    const good = await desk.run('connect', 'binom', '--test', CLICK);
    expect(good.code).toBe(0);
    expect(good.out).toContain(`?cnv_id=${CLICK}&payout=0`);
    expect(good.out).toMatch(/200 in \d+ ms: OK/);

    const bad = await desk.run('connect', 'binom', '--test', 'made-up');
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('Binom said no (404)');
    expect(tooWide(good.out + bad.out)).toEqual([]);
  });

  it('says how to connect where nothing is connected, and why a place is refused', async () => {
    const shown = await desk.run('connect', 'binom');
    expect(shown.code).toBe(1);
    expect(shown.err).toContain('Shop main is not connected to a Binom yet.');

    const refused = await desk.run('connect', 'binom', '--domain', '10.0.0.1');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('10.0.0.1 is a private address');
  });
});
