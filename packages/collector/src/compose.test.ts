import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Environment } from './config.ts';
import { readConfig, startCollector, type Collector } from './index.ts';

const ADMIN_TOKEN = 'an-admin-token-for-tests';
const SHOP_API_KEY = 'a-shop-key-for-tests';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clickback-compose-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a start', () => {
  it('makes shop main, which takes orders with the key of the environment', async () => {
    const collector = await started({ LEDGER_URL: 'memory:' });

    const { status, body } = await call(collector, 'POST', {
      path: '/orders',
      key: SHOP_API_KEY,
      body: ORDER,
    });

    expect(status).toBe(200);
    expect(body).toMatchObject({ order: { order_id: '1001' }, postback: { reason: 'no-tracker' } });
  });

  it('makes keys where none is given, and keeps them', async () => {
    const env = { LEDGER_URL: `sqlite:${folder}/data/c.db`, ADMIN_TOKEN: '', SHOP_API_KEY: '' };

    const first = await started(env);
    await first.close();
    const second = await started(env);

    expect(second.keys).toEqual(first.keys);
    expect(readdirSync(join(folder, 'data'))).toEqual(expect.arrayContaining(['keys.txt', 'secret.key']));
    expect(
      (await call(second, 'POST', { path: '/orders', key: first.keys.SHOP_API_KEY, body: ORDER })).status,
    ).toBe(200);
  });

  it('puts a new key of the environment in the place of the one before', async () => {
    await (await started(file())).close();

    const collector = await started({ ...file(), SHOP_API_KEY: 'another-key-for-tests' });

    expect((await call(collector, 'POST', { path: '/orders', key: SHOP_API_KEY, body: ORDER })).status).toBe(
      401,
    );
    const news = { path: '/orders', key: 'another-key-for-tests', body: ORDER };
    expect((await call(collector, 'POST', news)).status).toBe(200);
  });

  it('says what the environment says of the Binom, and makes that read-only', async () => {
    const collector = await started({
      LEDGER_URL: 'memory:',
      BINOM_DOMAIN: 'https://track.example/click?cnv_id={clickid}',
      BINOM_REPEATS: 'replaces',
      SHOP_ORIGINS: 'https://lander.example',
    });

    const connection = await call(collector, 'GET', { path: '/trackers/binom' });
    expect(connection.body).toMatchObject({
      tracking_domain: 'track.example',
      click_path: '/click',
      repeats: 'replaces',
      read_only: expect.arrayContaining(['tracking_domain', 'repeats']) as unknown,
    });
    const refused = await call(collector, 'PUT', {
      path: '/trackers/binom',
      body: { ...connection.body, repeats: 'adds' },
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'read-only', field: 'repeats' } });
    const shop = await call(collector, 'GET', { path: '' });
    expect(shop.body).toMatchObject({ origins: ['https://lander.example'], read_only: ['origins'] });
  });

  it('leaves alone what the environment does not mention', async () => {
    const first = await started({ ...file(), BINOM_DOMAIN: 'track.example' });
    const body = { tracking_domain: 'track.example', conversion_type: 'sale' };
    await call(first, 'PUT', { path: '/trackers/binom', body });
    await first.close();

    const second = await started({ ...file(), BINOM_DOMAIN: 'other.example' });

    expect((await call(second, 'GET', { path: '/trackers/binom' })).body).toMatchObject({
      tracking_domain: 'other.example',
      conversion_type: 'sale',
    });
  });

  it('that repeats what stands changes nothing, so that no pause ends by a restart', async () => {
    const env = { ...file(), TRACKER_ALLOW_HOSTS: '127.0.0.1:1', BINOM_DOMAIN: '127.0.0.1:1' };
    const lines: string[] = [];
    await (await started(env)).close();

    await started(env, lines);

    expect(lines.join('')).not.toContain('warning');
  });

  it.each([
    ['BINOM_DOMAIN', '10.0.0.1', /^BINOM_DOMAIN: 10\.0\.0\.1 is a private address.*TRACKER_ALLOW_HOSTS/],
    ['BINOM_DOMAIN', '{domain}', /^BINOM_DOMAIN: /],
  ])('is refused where %s is %s', async (name, value, words) => {
    await expect(started({ LEDGER_URL: 'memory:', [name]: value })).rejects.toThrow(words);
  });

  it('on a taken port lets go of the ledger again', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((listening) => server.once('listening', listening));
    const PORT = String((server.address() as AddressInfo).port);

    await expect(started({ ...file(), PORT })).rejects.toThrow(/port \d+ is taken: stop the other program/);

    await started(file());
  });
});

const ORDER = {
  order_id: '1001',
  status: 'paid',
  amount: '49.90',
  currency: 'EUR',
  click_id: '81e60haa86o0b7',
};

function file(): Environment {
  return { LEDGER_URL: `sqlite:${folder}/c.db` };
}

async function started(env: Environment, lines: string[] = []): Promise<Collector> {
  const config = readConfig({ PORT: '0', ADMIN_TOKEN, SHOP_API_KEY, ...env });
  const collector = await startCollector(config, { out: { write: (line) => lines.push(line) } });
  onTestFinished(() => collector.close());
  return collector;
}

async function call(
  { url }: Collector,
  method: string,
  { path, key = ADMIN_TOKEN, body }: { path: string; key?: string; body?: object },
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}/v1/shops/main${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
