import { describe, expect, it, test } from 'vitest';
import { LOOPBACK, listening, webServer } from '../../../test/support/loopback-servers.ts';
import type { ConnectionRow } from '../rows.ts';
import { lookAtBinom } from './look-at-binom.ts';
import { createServer } from 'node:net';

describe('a look at Binom', () => {
  test.each<[status: number, headers: Record<string, string>, mark: string, words: string]>([
    [404, {}, 'fine', 'answers 404 to a call without a click'],
    [301, { location: 'https://www.track.example/' }, 'broken', 'sends us to https://www.track.example'],
    [302, { location: '/elsewhere' }, 'broken', `sends us to http://${LOOPBACK}`],
    [403, {}, 'broken', 'answers 403'],
    [502, {}, 'broken', 'answers 502'],
  ])('that answers %i', async (status, headers, ...[mark, words]) => {
    const url = await webServer((_req, res) => void res.writeHead(status, headers).end());

    const [found] = await lookAtBinom(at(url), [LOOPBACK]);

    expect(found).toMatchObject({ mark, what: expect.stringContaining(words) as unknown });
  });

  it('whose clock is off says by how much', async () => {
    const url = await webServer((_req, res) => {
      res.sendDate = false;
      res.setHeader('Date', new Date(Date.now() - 600_000).toUTCString()).end();
    });

    expect(await lookAtBinom(at(url), [LOOPBACK])).toContainEqual(
      expect.objectContaining({ mark: 'look', what: expect.stringMatching(/differ by 60\d s/) as unknown }),
    );
  });

  it('whose name does not exist looks no further', async () => {
    const found = await lookAtBinom(at('https://track.invalid/'), []);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      mark: 'broken',
      what: expect.stringContaining('track.invalid: the name') as unknown,
    });
  });

  it.each([
    ['https://127.0.0.1:9000/', '127.0.0.1 is a loopback address', '127.0.0.1:9000'],
    ['https://[::1]/', '::1 is a loopback address', '[::1]'],
    ['https://10.0.0.5/', '10.0.0.5 is a private address', '10.0.0.5'],
    ['https://localhost:9000/', 'is a loopback address', 'localhost:9000'],
    ['http://192.0.2.1/', 'http is not used', '192.0.2.1'],
  ])(
    'at %s, which the collector refuses to call, is broken whatever answers there',
    async (url, ...[words, host]) => {
      const found = await lookAtBinom(at(url), ['elsewhere.example']);

      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        mark: 'broken',
        what: expect.stringContaining(words) as unknown,
        cure: expect.stringContaining(`TRACKER_ALLOW_HOSTS=${host}`) as unknown,
      });
    },
  );

  it('that speaks no TLS has no certificate', async () => {
    const port = await listening(createServer((socket) => void socket.end('no TLS here')));

    const found = await lookAtBinom(at(`https://${LOOPBACK}:${port}/`), [LOOPBACK]);

    expect(found.map(({ mark }) => mark)).toEqual(['broken', 'broken']);
  });
});

function at(url: string): ConnectionRow {
  const { protocol, host } = new URL(url);
  return { scheme: protocol.slice(0, -1), tracking_domain: host, click_path: '/click.php' } as ConnectionRow;
}
