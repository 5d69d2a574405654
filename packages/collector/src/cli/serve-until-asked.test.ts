// The process from outside: how it starts, why it does not, and how it ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBinom, type Binom } from '@clickback/sandbox';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { collectorProcess } from '../../test/support/collector-process.ts';

const KEYS = { ADMIN_TOKEN: 'an-admin-token-for-tests', SHOP_API_KEY: 'a-shop-key-for-tests' };
const CLICK = '81e60haa86o0b7';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clickback-serve-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a collector that cannot start', { timeout: 30_000 }, () => {
  it('lists everything that is wrong with its environment, and no secret', async () => {
    const env = {
      PORT: '99999',
      ADMIN_TOKEN: 'hunter2',
      RATE_LIMIT: 'lots',
      LEDGER_URL: 'postgres://a:hunter2@db/x',
    };
    const { ended, written } = collectorProcess(env);

    expect(await ended).toBe(1);
    expect(written.out).toBe('');
    expect(written.err).toMatch(/^This must be put right first:\n- PORT is "99999"; expected a whole number/);
    for (const name of ['LEDGER_URL', 'ADMIN_TOKEN', 'RATE_LIMIT'])
      expect(written.err).toContain(`- ${name} is `);
    expect(written.err).not.toContain('hunter2');
    expect(written.err.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('names the port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;

    const { ended, written } = collectorProcess({ ...KEYS, LEDGER_URL: 'memory:', PORT: String(port) });

    expect(await ended).toBe(1);
    expect(written.err).toContain(`127.0.0.1 port ${port} is taken`);
  });

  it('names the folder it cannot write to', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');

    const { ended, written } = collectorProcess({ ...KEYS, LEDGER_URL: `sqlite:${folder}/data/c.db` });

    expect(await ended).toBe(1);
    expect(written.err.replaceAll(/\s+/g, ' ')).toMatch(
      /secret\.key cannot be \w+ \(ENOTDIR\)\. Give the collector's/,
    );
  });

  it('names who has the ledger open', async () => {
    const env = { ...KEYS, LEDGER_URL: `sqlite:${folder}/c.db` };
    await collectorProcess(env).listening;

    const { ended, written } = collectorProcess(env);

    expect(await ended).toBe(1);
    expect(written.err.replaceAll(/\s+/g, ' ')).toMatch(/another process has .*c\.db open \(a collector on /);
  });
});

describe('a collector that is asked to end', { timeout: 30_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends well', async (signal) => {
    const { child, listening, ended, written } = collectorProcess({ ...KEYS, LEDGER_URL: 'memory:' });
    await listening;

    child.kill(signal);

    expect(await ended).toBe(0);
    expect(written.err).toBe('');
  });

  it('waits for a postback that is on its way, and writes down what became of it', async () => {
    const { binom, env } = await slowBinom(1_500);
    const first = collectorProcess(env);
    await sell(await first.listening);
    await expect.poll(() => binom.requests.length, { timeout: 10_000 }).toBe(1);

    first.child.kill('SIGTERM');

    expect(await first.ended).toBe(0);
    const second = collectorProcess(env);
    expect(await postbackStates(await second.listening)).toEqual(['accepted']);
    expect(binom.conversion(CLICK)).toMatchObject({ payout: '49.90', postbacks: 1 });
  });

  it('ends within 10 s where Binom never answers, and knows afterwards that nobody knows', async () => {
    const { binom, env } = await slowBinom(60_000);
    const first = collectorProcess(env);
    await sell(await first.listening);
    await expect.poll(() => binom.requests.length, { timeout: 10_000 }).toBe(1);
    const asked = performance.now();

    first.child.kill('SIGTERM');

    expect(await first.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    const second = collectorProcess({ ...env, UNCERTAIN_WAIT: '1h' });
    const url = await second.listening;
    await expect.poll(() => postbackStates(url)).toEqual(['due']);
    expect(await mayHaveCounted(url)).toBe(true);
  });

  it('takes two signals within a second for one: to a group of processes it comes twice', async () => {
    const { binom, env } = await slowBinom(1_500);
    const { child, listening, ended } = collectorProcess(env);
    await sell(await listening);
    await expect.poll(() => binom.requests.length, { timeout: 10_000 }).toBe(1);

    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGTERM'), 100);

    expect(await ended).toBe(0);
  });

  it('and asked again after a second, ends at once', async () => {
    const { binom, env } = await slowBinom(60_000);
    const { child, listening, ended } = collectorProcess(env);
    await sell(await listening);
    await expect.poll(() => binom.requests.length, { timeout: 10_000 }).toBe(1);
    const asked = performance.now();

    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGTERM'), 1_200);

    expect(await ended).toBe(1);
    expect(performance.now() - asked).toBeLessThan(3_000);
  });
});

async function slowBinom(ms: number): Promise<{ binom: Binom; env: Record<string, string> }> {
  const binom = await startBinom();
  onTestFinished(() => binom.close());
  binom.latency(ms);
  const env = {
    ...KEYS,
    LEDGER_URL: `sqlite:${folder}/c.db`,
    TRACKER_ALLOW_HOSTS: binom.host,
    BINOM_DOMAIN: binom.host,
  };
  return { binom, env };
}

async function sell(url: string): Promise<void> {
  const response = await fetch(`${url}/v1/shops/main/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEYS.SHOP_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      order_id: '1001',
      status: 'paid',
      amount: '49.90',
      currency: 'EUR',
      click_id: CLICK,
    }),
  });
  expect(response.status).toBe(200);
}

interface Row {
  readonly state: string;
  readonly may_have_counted: boolean;
}

async function postbacks(url: string): Promise<readonly Row[]> {
  const headers = { authorization: `Bearer ${KEYS.ADMIN_TOKEN}` };
  const response = await fetch(`${url}/v1/shops/main/postbacks`, { headers });
  return ((await response.json()) as { postbacks: readonly Row[] }).postbacks;
}

async function postbackStates(url: string): Promise<string[]> {
  return (await postbacks(url)).map(({ state }) => state);
}

async function mayHaveCounted(url: string): Promise<boolean> {
  return (await postbacks(url)).every((row) => row.may_have_counted);
}
