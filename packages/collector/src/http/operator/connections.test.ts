import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Edge, startEdge } from '../../../test/support/edge.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const PATH = '/v1/shops/main/trackers/binom';
const put = (body: object, on = edge) => on.call(PATH, { method: 'PUT', body });

describe('a connection', () => {
  test('is made of any pasted URL, shown back cleaned, with defaults for the rest', async () => {
    const { status, json } = await put({
      tracking_domain: ' HTTPS://Track.Example/click?cnv_id={clickid}&payout=OPTIONAL ',
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      tracking_domain: 'track.example',
      scheme: 'https',
      click_path: '/click',
      conversion_type: '1',
      repeats: null,
      statuses: { pending: null, refunded: null, cancelled: null, disputed: null, rebill: null },
      extra_params: {},
      enabled: true,
      in_flight: 16,
      api_key_set: false,
      health: { state: 'ok' },
      warnings: [],
    });
    expect(edge.woken.times).toBe(1);
  });

  test('says all of itself at once: what a PUT leaves out has its default again', async () => {
    const first = await put({
      tracking_domain: 't.example',
      click_path: '/c.php',
      payout_percent: '12.5',
      repeats: 'adds',
    });
    expect(first.json).toMatchObject({ click_path: '/c.php', payout_percent: '12.5', repeats: 'adds' });
    expect((await put({ ...first.json, enabled: false })).json).toMatchObject({
      repeats: 'adds',
      enabled: false,
    });
    const last = await put({ tracking_domain: 't.example' });
    expect(last.json).toMatchObject({
      click_path: '/click.php',
      payout_percent: null,
      repeats: null,
      enabled: true,
    });
    expect((await edge.call(PATH)).json).toMatchObject({ click_path: '/click.php', repeats: null });
  });

  test('keeps a secret of the tracker’s, never shows it, and loses it only when told', async () => {
    const kept = await put({ tracking_domain: 't.example', api_key: 'secret-of-binom' });
    expect([kept.json.api_key_set, kept.text.includes('secret-of-binom')]).toEqual([true, false]);
    expect((await put({ tracking_domain: 't.example' })).json.api_key_set).toBe(true);
    expect((await edge.call(PATH)).text).not.toContain('secret-of-binom');
    expect((await put({ tracking_domain: 't.example', api_key: null })).json.api_key_set).toBe(false);
  });

  test('to a private address is refused, unless the environment allows it; then plain http is meant', async () => {
    const { status, json } = await put({ tracking_domain: 'http://10.0.0.5/click.php' });
    expect([status, json.code, json.field]).toEqual([422, 'private-address', 'tracking_domain']);
    expect((await put({ tracking_domain: '127.0.0.1:9000' })).json).toMatchObject({ scheme: 'http' });
    expect((await put({ tracking_domain: 'https://127.0.0.1:9000' })).json).toMatchObject({
      scheme: 'https',
    });
    const public_ = await put({ tracking_domain: 'http://t.example/click.php' });
    expect(public_.json).toMatchObject({ scheme: 'https', warnings: [expect.stringContaining('https')] });
  });

  test.each([
    ['tracking_domain', undefined],
    ['tracking_domain', 'click.php?cnv_id=1'],
    ['tracking_domain', 7],
    ['click_path', 'click.php'],
    ['click_path', '/click?x=1'],
    ['click_path', '/../x'],
    ['conversion_type', 'a'.repeat(65)],
    ['fixed_payout', 12.5],
    ['fixed_payout', '-1'],
    ['fixed_payout_currency', 'EUR'],
    ['payout_percent', '0'],
    ['payout_percent', '1000.1'],
    ['payout_percent', 'half'],
    ['repeats', 'both'],
    ['statuses', ['refund']],
    ['statuses.paid', '1'],
    ['statuses.refunded', 3],
    ['extra_params', 'a=b'],
    ['extra_params.cnv_id', '1'],
    ['extra_params.disable_postback', '1'],
    ['extra_params.a-b', '1'],
    ['extra_params.a', 'b'.repeat(256)],
    ['enabled', 'yes'],
    ['in_flight', 0],
    ['api_key', ''],
    ['conversiontype', '1'],
  ])('with %s of %j is 422 and names the field', async (field, value) => {
    const [name = '', inner] = field.split('.');
    const given = inner === undefined ? value : { [inner]: value };
    const { status, json } = await put({ tracking_domain: 't.example', [name]: given });
    expect([status, json.code, json.field]).toEqual([422, 'invalid', field]);
  });

  test('pays a fixed sum or a share, not both', async () => {
    const { json } = await put({ tracking_domain: 't.example', fixed_payout: '5', payout_percent: '50' });
    expect(json.field).toBe('payout_percent');
    const fixed = await put({
      tracking_domain: 't.example',
      fixed_payout: '5.00',
      fixed_payout_currency: 'USD',
    });
    expect(fixed.json).toMatchObject({ fixed_payout: '5.00', fixed_payout_currency: 'USD' });
  });

  test('is 404 before it is made and after it is taken away', async () => {
    expect((await edge.call(PATH)).status).toBe(404);
    expect((await edge.call(PATH, { method: 'DELETE' })).status).toBe(404);
    await put({ tracking_domain: 't.example' });
    expect((await edge.call(PATH, { method: 'DELETE' })).status).toBe(204);
    expect((await edge.call(PATH)).status).toBe(404);
    const unknown = await edge.call('/v1/shops/main/trackers/voluum', {
      method: 'PUT',
      body: { tracking_domain: 't.example' },
    });
    expect([unknown.status, unknown.json.detail]).toEqual([
      404,
      'there is no tracker "voluum"; known: binom',
    ]);
  });

  test('tells what waited for it', async () => {
    await edge.order({ order_id: '1', status: 'paid', amount: '5', currency: 'EUR', click_id: 'abc' });
    const { json } = await put({ tracking_domain: 't.example' });
    expect([json.skipped_before, json.warnings]).toEqual([
      1,
      [expect.stringContaining('replay the skipped')],
    ]);
  });

  test('warns when another shop tells the same tracker running totals', async () => {
    await edge.call('/v1/shops/other/trackers/binom', {
      method: 'PUT',
      body: { tracking_domain: 't.example' },
    });
    const { json } = await put({ tracking_domain: 't.example', repeats: 'replaces' });
    expect([json.shared_with, json.warnings]).toEqual([
      ['other'],
      [expect.stringContaining('other also reports')],
    ]);
    expect((await edge.call(PATH)).json.notices).toMatchObject([{ code: 'shared-domain', times: 1 }]);
  });

  test('resumes when a person says so', async () => {
    await put({ tracking_domain: 't.example' });
    const { status, json } = await edge.call(`${PATH}/resume`, { method: 'POST' });
    expect([status, json.health.state]).toEqual([200, 'ok']);
    expect((await edge.call('/v1/shops/other/trackers/binom/resume', { method: 'POST' })).status).toBe(404);
  });
});

describe('a connection the environment fixes', () => {
  test('keeps its fixed fields: left out they stay, said again they are fine, changed they are 409', async () => {
    let isFixed = false;
    const connection = () => (isFixed ? (['trackingDomain', 'scheme', 'conversionType'] as const) : []);
    const fixed = await startEdge({ locked: { shop: () => [], connection } });
    await put({ tracking_domain: 'https://127.0.0.1:9000', conversion_type: 'sale' }, fixed);
    isFixed = true;
    const kept = await put({ repeats: 'adds' }, fixed);
    expect(kept.json).toMatchObject({
      tracking_domain: '127.0.0.1:9000',
      scheme: 'https',
      conversion_type: 'sale',
      repeats: 'adds',
      read_only: ['tracking_domain', 'scheme', 'conversion_type'],
    });
    expect((await put({ tracking_domain: '127.0.0.1:9000', conversion_type: 'sale' }, fixed)).status).toBe(
      200,
    );
    const changed = await put({ conversion_type: 'lead' }, fixed);
    expect([changed.status, changed.json.code, changed.json.field]).toEqual([
      409,
      'read-only',
      'conversion_type',
    ]);
    expect((await put({ tracking_domain: 'elsewhere.example' }, fixed)).json.field).toBe('tracking_domain');
    expect((await fixed.call(PATH, { method: 'DELETE' })).status).toBe(409);
    await fixed.close();
  });
});

describe('a test postback', () => {
  const send = (body: object) => edge.call(`${PATH}/test`, { body });

  test('leaves now, marked so that no ad network hears of it, and shows what came back', async () => {
    await put({ tracking_domain: 't.example', extra_params: { ref: '{order_id}' } });
    const { status, json } = await send({ click_id: 'abc', payout: '1.00', currency: 'EUR' });
    const url =
      'https://t.example/click.php?cnv_id=abc&payout=1.00&cnv_status=1&cnv_currency=EUR&disable_postback=1&ref=test';
    expect([status, json]).toEqual([
      200,
      {
        url,
        status: 200,
        body: 'OK',
        ms: 12,
        verdict: 'accepted',
        words: expect.stringContaining('accepted'),
      },
    ]);
    expect(edge.wire.urls).toEqual([url]);
  });

  test.each([
    [{ kind: 'answer', status: 404, headers: {}, body: 'no', ms: 3 }, 'refused', /Binom said no \(404\)/],
    [{ kind: 'never-connected', reason: 'the connection was refused', ms: 3 }, 'not-counted', /refused/],
    [{ kind: 'no-answer', reason: 'the connection was reset', ms: 3 }, 'unknown', /no usable answer/],
  ] as const)('that ends in %j says so in words', async (reply, verdict, words) => {
    await put({ tracking_domain: 't.example' });
    edge.wire.reply = reply;
    const { status, json } = await send({ click_id: 'abc' });
    expect([status, json.verdict, json.words]).toEqual([200, verdict, expect.stringMatching(words)]);
  });

  test('wants a click id and money that can be sent, and a connection', async () => {
    expect((await send({ click_id: '{clickid}' })).json.field).toBe('click_id');
    expect((await send({ click_id: 'abc', payout: 1 })).json.field).toBe('payout');
    expect((await send({ click_id: 'abc' })).status).toBe(404);
    expect(edge.wire.urls).toEqual([]);
  });
});
