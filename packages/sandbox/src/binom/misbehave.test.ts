// Every fault as a client sees it, through a real socket.
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from './fault.ts';
import { startBinom, type Binom } from './start-binom.ts';

let binom: Binom;
beforeEach(async () => {
  binom = await startBinom({ apiKey: 'secret' });
});
afterEach(() => binom.close());

/** Its own socket each time, no pool: what happens to it is the fault's doing. */
async function send(path = '/click?cnv_id=abc&payout=5'): Promise<IncomingMessage> {
  const outgoing = request(binom.url + path, { agent: false, headers: { 'api-key': 'secret' } }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}

async function text(response: IncomingMessage): Promise<string> {
  return Buffer.concat((await response.toArray()) as Buffer[]).toString();
}

const counted = () => binom.conversion('abc')?.postbacks ?? 0;

describe('what a client sees', () => {
  test.each([400, 403, 404, 500, 503])('status %d, nothing counted', async (status) => {
    binom.fail({ kind: 'status', status, times: 1 });
    expect((await send()).statusCode).toBe(status);
    expect(counted()).toBe(0);
  });

  test('429 with Retry-After and a body of its own', async () => {
    binom.fail({ kind: 'status', status: 429, retryAfter: '7', body: 'slow down' });
    const response = await send();
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '7']);
    expect(await text(response)).toBe('slow down');
  });

  test('a hang never answers, until the stand-in closes', async () => {
    binom.fail({ kind: 'hang' });
    let ended = false;
    const hanging = send().finally(() => (ended = true));
    hanging.catch(() => undefined);
    await vi.waitFor(() => expect(binom.requests).toHaveLength(1), { interval: 1 });
    await fetch(`${binom.url}/__sandbox/faults`);
    expect(ended).toBe(false);
    await binom.close();
    await expect(hanging).rejects.toThrow('socket hang up');
  });

  test('a reset is a reset', async () => {
    binom.fail({ kind: 'reset' });
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(counted()).toBe(0);
  });

  test('a drip answers byte by byte, and counts', async () => {
    binom.fail({ kind: 'drip', everyMs: 0 });
    const response = await send();
    const pieces = (await response.toArray()) as Buffer[];
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).toString().trim()).toBe('OK');
    expect(counted()).toBe(1);
  });

  test('a redirect leads elsewhere', async () => {
    binom.fail({ kind: 'redirect', to: 'http://elsewhere.example/' });
    const response = await send();
    expect([response.statusCode, response.headers.location]).toEqual([302, 'http://elsewhere.example/']);
    expect(counted()).toBe(0);
  });

  test('a web page is answered 200, and counts nothing', async () => {
    binom.fail({ kind: 'page' });
    const response = await send();
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await text(response)).toMatch(/^<!doctype html>/);
    expect(counted()).toBe(0);
  });

  test('an endless body goes on until the client leaves', async () => {
    binom.fail({ kind: 'endless', times: 1 });
    const response = await send();
    let received = 0;
    for await (const chunk of response) {
      received += (chunk as Buffer).length;
      if (received > 1_000_000) break;
    }
    expect(received).toBeGreaterThan(1_000_000);
    expect((await send()).statusCode).toBe(200);
  });
});

describe('counted, and the answer lost', () => {
  test.each<Fault>([
    { kind: 'reset', counts: true },
    { kind: 'hang', counts: true },
  ])('$kind after counting', async (fault) => {
    binom.fail(fault);
    const lost = send();
    lost.catch(() => undefined);
    await vi.waitFor(() => expect(counted()).toBe(1), { interval: 1 });
    await binom.close();
    await expect(lost).rejects.toThrow();
    expect(binom.requests[0]?.counted).toBe(true);
  });

  test('500 after counting', async () => {
    binom.fail({ kind: 'status', status: 500, counts: true });
    expect((await send()).statusCode).toBe(500);
    expect(counted()).toBe(1);
  });
});

describe('how long, and for whom', () => {
  test('faults come in the order told, each as often as told', async () => {
    binom.fail({ kind: 'status', status: 503, times: 2 });
    binom.fail({ kind: 'status', status: 404, times: 1 });
    const seen = [];
    for (let time = 0; time < 4; time += 1) seen.push((await send()).statusCode);
    expect(seen).toEqual([503, 503, 404, 200]);
  });

  test('a fault without a number stays until healed', async () => {
    binom.fail({ kind: 'status', status: 503 });
    for (let time = 0; time < 3; time += 1) expect((await send()).statusCode).toBe(503);
    binom.heal();
    expect((await send()).statusCode).toBe(200);
  });

  test('a fault of the API spares postbacks, and the other way round', async () => {
    binom.fail({ kind: 'status', status: 429, on: 'api', times: 1 });
    binom.fail({ kind: 'status', status: 503, times: 1 });
    expect((await send('/public/api/v1/conversions?datePreset=today')).statusCode).toBe(429);
    expect((await send('/public/api/v1/conversions?datePreset=today')).statusCode).toBe(200);
    expect((await send()).statusCode).toBe(503);
    expect((await send()).statusCode).toBe(200);
  });

  test('latency lies between counting and the answer', async () => {
    binom.latency(3_600_000);
    const slow = send();
    slow.catch(() => undefined);
    await vi.waitFor(() => expect(counted()).toBe(1), { interval: 1 });
    binom.latency(0);
    expect((await send()).statusCode).toBe(200);
    await binom.close();
    await expect(slow).rejects.toThrow('socket hang up');
  });
});

describe('the control endpoint', () => {
  const control = (path: string, body: unknown) =>
    fetch(`${binom.url}/__sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('tells faults and heals them', async () => {
    const fault = { kind: 'status', status: 503, times: 2 };
    expect((await control('faults', fault)).status).toBe(201);
    expect((await send()).statusCode).toBe(503);
    const waiting = await fetch(`${binom.url}/__sandbox/faults`);
    expect(await waiting.json()).toEqual({ faults: [{ ...fault, times: 1 }], latency: 0 });
    await fetch(`${binom.url}/__sandbox/faults`, { method: 'DELETE' });
    expect((await send()).statusCode).toBe(200);
  });

  test('refuses a misspelt fault in words', async () => {
    const response = await control('faults', { kind: 'rest' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('kind must be one of');
  });

  test('sets the latency, and shows what was counted and asked', async () => {
    expect(await (await control('latency', { ms: 1 })).json()).toEqual({ latency: 1 });
    expect((await control('latency', { ms: 'soon' })).status).toBe(400);
    await send();
    const seen = async (path: string) => (await fetch(`${binom.url}/__sandbox/${path}`)).json();
    expect(await seen('conversions')).toEqual([binom.conversion('abc')]);
    expect(await seen('requests')).toHaveLength(1);
  });
});
