import net, { type LookupFunction } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LOOPBACK, listening, rawServer, webServer } from '../test/support/loopback-servers.ts';
import type { Wire, WireReply } from './core/ports.ts';
import { createWire, type WireOptions } from './wire.ts';

/** Quick enough for a test, slow enough for a busy machine. */
const SOON = 300;

function wire(options: Partial<WireOptions> = {}): Wire {
  const made = createWire({ allowHosts: [LOOPBACK], ...options });
  onTestFinished(() => made.close());
  return made;
}

const lookupOf =
  (...addresses: { address: string; family: number }[]): LookupFunction =>
  (_hostname, _options, callback) =>
    callback(null, addresses);
const toLoopback = lookupOf({ address: LOOPBACK, family: 4 });

/** undici offers a connection again only after a whole turn of the event loop. */
async function connectionIdle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}

function failure(reply: WireReply): string {
  return reply.kind === 'answer' ? `answer ${reply.status}` : `${reply.kind}: ${reply.reason}`;
}

describe('an answer', () => {
  test('comes with its status, headers, body and time', async () => {
    const seen: (string | undefined)[] = [];
    const url = await webServer((request, response) => {
      seen.push(
        request.method,
        request.url,
        request.headers['user-agent'],
        request.headers['accept-encoding'],
      );
      response.writeHead(503, { 'Retry-After': '7', 'Set-Cookie': ['a=1', 'b=2'] }).end('busy\r\n\u001B[31m');
    });
    const reply = await wire().get(`${url}#fragment`);
    expect(reply).toMatchObject({ kind: 'answer', status: 503, body: 'busy\r\n\u001B[31m' });
    expect(reply).toHaveProperty('headers.retry-after', '7');
    expect(reply).toHaveProperty('headers.set-cookie', 'a=1, b=2');
    expect(reply.ms).toBeGreaterThanOrEqual(0);
    expect(seen).toEqual(['GET', '/click.php?cnv_id=a&x=%C3%A9', 'Clickback', 'identity']);
  });

  test('a redirect is an answer and is not followed', async () => {
    let calls = 0;
    const url = await webServer((_request, response) => {
      calls += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await wire().get(url)).toMatchObject({
      kind: 'answer',
      status: 302,
      headers: { location: '/elsewhere' },
    });
    expect(calls).toBe(1);
  });

  test('keeps 2 KiB of the body and reads on, so that the connection can be used again', async () => {
    const ports = new Set<number | undefined>();
    const url = await webServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('x'.repeat(50_000));
    });
    const caller = wire();
    expect(await caller.get(url)).toMatchObject({ status: 200, body: 'x'.repeat(2048) });
    await connectionIdle();
    await caller.get(url);
    expect(ports.size).toBe(1);
  });

  test('counts after 64 KiB of an endless body, and the socket is dropped', async () => {
    const closed = Promise.withResolvers<undefined>();
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const pour = () => {
        while (socket.writable && socket.write('y'.repeat(16_384)));
      };
      socket.on('drain', pour).on('close', closed.resolve);
      pour();
    });
    expect(await wire().get(server.url)).toMatchObject({
      kind: 'answer',
      status: 200,
      body: 'y'.repeat(2048),
    });
    await closed.promise;
  });

  test('is made valid text; only NUL, which PostgreSQL cannot store, is replaced among control characters', async () => {
    const url = await webServer((_request, response) =>
      response.end(Buffer.from([0x61, 0xff, 0, 9, 0xc3, 0xa9])),
    );
    expect(await wire().get(url)).toMatchObject({ body: 'a\uFFFD\uFFFD\té' });
  });

  test('an early hint is not the answer', async () => {
    const server = await rawServer((socket) =>
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\nx-a: b\r\n\r\n'),
    );
    expect(await wire().get(server.url)).toMatchObject({
      kind: 'answer',
      status: 204,
      headers: { 'x-a': 'b' },
      body: '',
    });
  });

  test('twenty at once get their own answers', async () => {
    const url = await webServer((request, response) => response.end(request.url));
    const caller = wire();
    const replies = await Promise.all(Array.from({ length: 20 }, (_, nth) => caller.get(`${url}${nth}`)));
    replies.forEach((reply, nth) =>
      expect(reply).toMatchObject({ body: expect.stringMatching(`%A9${nth}$`) }),
    );
  });
});

describe('never connected', () => {
  test('when the name does not exist', async () => {
    const gone: LookupFunction = (_hostname, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    expect(failure(await wire({ lookup: gone }).get('https://no.tracker.test/'))).toMatch(
      /^never-connected: the host name does not exist/,
    );
  });

  test('when the name has no address, or its lookup hangs', async () => {
    expect(failure(await wire({ lookup: lookupOf() }).get('https://tracker.test/'))).toMatch(
      /^never-connected: .*no address/,
    );
    const hanging = wire({ lookup: () => {}, connectTimeoutMs: SOON });
    expect(failure(await hanging.get('https://tracker.test/'))).toBe(
      'never-connected: no connection within 0.3 s',
    );
  });

  test('when the connection is refused', async () => {
    const server = net.createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(failure(await wire().get(`http://${LOOPBACK}:${port}/`))).toMatch(
      /^never-connected: the connection was refused/,
    );
  });

  test('when the whole deadline passes before the connection stands, and then nothing is written', async () => {
    const server = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const release = Promise.withResolvers<undefined>();
    const slow: LookupFunction = (hostname, options, callback) => {
      void release.promise.then(() => toLoopback(hostname, options, callback));
    };
    const caller = createWire({ allowHosts: ['tracker.test'], lookup: slow, totalTimeoutMs: SOON });
    expect(failure(await caller.get(`http://tracker.test:${server.port}/`))).toBe(
      'never-connected: no connection within 0.3 s',
    );
    release.resolve(undefined);
    await caller.close();
    expect(server.seen.bytes).toBe(0);
  });

  test('when the wire is closed', async () => {
    const caller = createWire({ allowHosts: [] });
    await caller.close();
    expect(failure(await caller.get('https://tracker.test/'))).toMatch(/^never-connected/);
  });
});

describe('no answer', () => {
  test.each([
    ['nothing at all', ''],
    ['half a status line', 'HTTP/1.1 2'],
    ['headers without an end', 'HTTP/1.1 200 OK\r\nx: y\r\n'],
  ])('when the other side sends %s and hangs', async (_what, bytes) => {
    const server = await rawServer((socket) => socket.write(bytes));
    expect(failure(await wire({ totalTimeoutMs: SOON }).get(server.url))).toBe(
      'no-answer: no complete answer within 0.3 s',
    );
  });

  test('when the body hangs; the reason tells the status it began with', async () => {
    const server = await rawServer((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'),
    );
    expect(failure(await wire({ totalTimeoutMs: SOON }).get(server.url))).toBe(
      'no-answer: no complete answer within 0.3 s (it began with status 200)',
    );
  });

  test('when the body drips past the whole deadline', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
      const drip = setInterval(() => socket.write('.'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(failure(await wire({ totalTimeoutMs: SOON }).get(server.url))).toMatch(
      /^no-answer: .*within 0.3 s/,
    );
  });

  test('when the connection is reset or closed after the request', async () => {
    const reset = await rawServer((socket) => socket.resetAndDestroy());
    expect(failure(await wire().get(reset.url))).toMatch(/^no-answer: the connection was/);
    const closed = await rawServer((socket) => socket.end());
    expect(failure(await wire().get(closed.url))).toMatch(/^no-answer: the connection was closed/);
  });

  test('when the body is shorter than announced', async () => {
    const server = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'));
    expect(failure(await wire().get(server.url))).toMatch(/^no-answer: .*\(it began with status 200\)$/);
  });

  test('when the answer is not HTTP', async () => {
    const server = await rawServer((socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n'));
    expect(failure(await wire().get(server.url))).toBe('no-answer: the answer was not HTTP');
  });

  test('when a kept-alive connection is lost under the request, which is not sent a second time', async () => {
    const server = await rawServer((socket, nth) => {
      if (nth === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      else socket.destroy();
    });
    const caller = wire();
    expect(await caller.get(server.url)).toMatchObject({ status: 200 });
    await connectionIdle();
    expect(failure(await caller.get(server.url))).toMatch(/^no-answer/);
    expect(server.seen).toMatchObject({ connections: 1, requests: 2 });
  });
});

describe('a connection the other side closed while it was idle', () => {
  test('is replaced before anything is written', async () => {
    const closed = Promise.withResolvers<undefined>();
    const server = await rawServer((socket, nth) => {
      socket.on('close', closed.resolve);
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      if (nth === 1) socket.end();
    });
    const caller = wire();
    await caller.get(server.url);
    await closed.promise;
    expect(await caller.get(server.url)).toMatchObject({ kind: 'answer', status: 200 });
    expect(server.seen).toMatchObject({ connections: 2, requests: 2 });
  });
});
