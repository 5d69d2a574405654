import https from 'node:https';
import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LOOPBACK, listening, rawServer } from '../../test/support/loopback-servers.ts';
import type { Wire, WireReply } from '../core/ports.ts';
import { createWire, type WireOptions } from '../wire.ts';

// Made with openssl for `tracker.test`; it guards nothing.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguu9k6Nb610it2+1D
nK8EkQdEu4vX1oxIN75KhHo3flChRANCAATeIjzhv/wWkHZy8ZsSW4Re5K/HGjGL
5NKxubHexAEdt3yKy7vju29RIrDAuuI0s90dg0tTptsRO1/NW14XbrUn
-----END PRIVATE KEY-----`;
const CERT = `-----BEGIN CERTIFICATE-----
MIIBnzCCAUSgAwIBAgIUM2jB02fKUF9YLi2oFSWx63OFCJkwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMdHJhY2tlci50ZXN0MCAXDTI2MTEyMzE0NTgyOFoYDzIxMjYx
MDMwMTQ1ODI4WjAXMRUwEwYDVQQDDAx0cmFja2VyLnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAATeIjzhv/wWkHZy8ZsSW4Re5K/HGjGL5NKxubHexAEdt3yK
y7vju29RIrDAuuI0s90dg0tTptsRO1/NW14XbrUno2wwajAdBgNVHQ4EFgQUCSAA
LOJ0a5NBSiVRTcaSkczSoB8wHwYDVR0jBBgwFoAUCSAALOJ0a5NBSiVRTcaSkczS
oB8wDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggx0cmFja2VyLnRlc3QwCgYI
KoZIzj0EAwIDSQAwRgIhAPxrfQkaKvcYITvwy4k/sySMnle+CSuDLp/bDmgMGDC+
AiEAyvDdgLsLdT8KgNSJ8NI93+/xsbvqAliYBhoaXhTwjq4=
-----END CERTIFICATE-----`;

/** Quick enough for a test, slow enough for a busy machine. */
const SOON = 300;

function wire(options: Partial<WireOptions>): Wire {
  const made = createWire({ allowHosts: [], ...options });
  onTestFinished(() => made.close());
  return made;
}

const lookupOf =
  (...addresses: { address: string; family: number }[]): LookupFunction =>
  (_hostname, _options, callback) =>
    callback(null, addresses);
const toLoopback = lookupOf({ address: LOOPBACK, family: 4 });

function failure(reply: WireReply): string {
  return reply.kind === 'answer' ? `answer ${reply.status}` : `${reply.kind}: ${reply.reason}`;
}

describe('a forbidden address', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.1',
    '[::ffff:127.0.0.1]',
    '[::1]',
    '[::]',
    '0',
  ])('written as %s is never connected to', async (literal) => {
    const server = await rawServer(() => {});
    expect(failure(await wire({ allowHosts: [] }).get(`https://${literal}:${server.port}/`))).toMatch(
      /^forbidden-address/,
    );
    expect(server.seen.connections).toBe(0);
  });

  test('behind a name is never connected to', async () => {
    const server = await rawServer(() => {});
    const caller = wire({ allowHosts: [], lookup: toLoopback });
    expect(failure(await caller.get(`https://rebound.test:${server.port}/`))).toBe(
      'forbidden-address: rebound.test: 127.0.0.1 is a loopback address, not a public one',
    );
    expect(server.seen.connections).toBe(0);
  });

  test('among others of a name is left out', async () => {
    const server = await rawServer(() => {});
    const lookup = lookupOf({ address: LOOPBACK, family: 4 }, { address: '192.0.2.1', family: 4 });
    expect(failure(await wire({ allowHosts: [], lookup }).get(`https://mixed.test:${server.port}/`))).toMatch(
      /^forbidden/,
    );
    expect(server.seen.connections).toBe(0);
  });

  test('that shows only on the open socket gets not one byte', async () => {
    const server = await rawServer(() => {});
    const asked: string[] = [];
    // Public when it is judged, loopback when it is used: what a resolver asked twice can do.
    const changing = {
      family: 4,
      get address() {
        asked.push(asked.length === 0 ? '8.8.8.8' : LOOPBACK);
        return asked.at(-1) ?? '';
      },
    };
    const caller = wire({ allowHosts: [], lookup: lookupOf(changing) });
    expect(failure(await caller.get(`https://rebound.test:${server.port}/`))).toBe(
      'forbidden-address: rebound.test: 127.0.0.1 is a loopback address, not a public one',
    );
    expect(asked.length).toBeGreaterThan(1);
    expect(server.seen.bytes).toBe(0);
  });

  test('is one that is allowed for another port only', async () => {
    const server = await rawServer(() => {});
    const caller = wire({ allowHosts: [`${LOOPBACK}:1`] });
    expect(failure(await caller.get(server.url))).toMatch(/^forbidden-address/);
    expect(failure(await caller.get(server.url.replace('http:', 'https:')))).toMatch(/^forbidden-address/);
    expect(server.seen.connections).toBe(0);
  });

  test.each([
    'http://tracker.test/',
    'ftp://tracker.test/',
    'https://me:secret@tracker.test/',
    'tracker.test',
    'file:///etc/passwd',
  ])('is %s, which is not called at all', async (url) => {
    const caller = wire({ allowHosts: [], lookup: () => expect.unreachable('no name is looked up') });
    const reply = await caller.get(url);
    expect(reply).toMatchObject({ kind: 'forbidden-address', ms: 0 });
    expect(failure(reply)).not.toContain('secret');
  });
});

describe('https', () => {
  test('never connects when the certificate is not trusted, or names another host', async () => {
    let requests = 0;
    const port = await listening(https.createServer({ key: KEY, cert: CERT }, () => (requests += 1)));
    const caller = wire({ allowHosts: ['tracker.test', 'other.test'], lookup: toLoopback });
    expect(failure(await caller.get(`https://tracker.test:${port}/`))).toMatch(
      /^never-connected: .*self-signed/,
    );
    await trusting(CERT, async () => {
      expect(failure(await caller.get(`https://other.test:${port}/`))).toMatch(
        /^never-connected: .*altnames/i,
      );
    });
    expect(requests).toBe(0);
  });

  test('never connects when the other side speaks no TLS, hangs up or stays silent in the handshake', async () => {
    const allowHosts = ['tracker.test'];
    const caller = wire({ allowHosts, lookup: toLoopback, connectTimeoutMs: SOON });
    const plain = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(failure(await caller.get(`https://tracker.test:${plain.port}/`))).toMatch(/^never-connected/);
    const reset = await rawServer((socket) => socket.resetAndDestroy());
    expect(failure(await caller.get(`https://tracker.test:${reset.port}/`))).toMatch(/^never-connected/);
    const silent = await rawServer(() => {});
    expect(failure(await caller.get(`https://tracker.test:${silent.port}/`))).toBe(
      'never-connected: no connection within 0.3 s',
    );
  });

  test('reaches a host whose certificate is good', async () => {
    const port = await listening(
      https.createServer({ key: KEY, cert: CERT }, (_request, response) => response.end('OK')),
    );
    const caller = wire({ allowHosts: ['tracker.test'], lookup: toLoopback });
    await trusting(CERT, async () => {
      expect(await caller.get(`https://tracker.test:${port}/`)).toMatchObject({ status: 200, body: 'OK' });
    });
  });
});

async function trusting(certificate: string, act: () => Promise<void>): Promise<void> {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, certificate]);
  try {
    await act();
  } finally {
    tls.setDefaultCACertificates(before);
  }
}
