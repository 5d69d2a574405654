import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDomain } from './read-domain.ts';

describe('what people paste as a tracking domain', () => {
  test.each([
    ['track.example.com', 'track.example.com', null, null],
    ['  Track.Example.COM  ', 'track.example.com', null, null],
    ['track.example.com.', 'track.example.com', null, null],
    ['track.example.com/', 'track.example.com', null, null],
    ['//track.example.com/click', 'track.example.com', null, '/click'],
    ['https://track.example.com', 'track.example.com', 'https', null],
    ['HTTPS://Track.Example.com:443/Click.php', 'track.example.com', 'https', '/Click.php'],
    ['https://track.example.com:8443/click', 'track.example.com:8443', 'https', '/click'],
    ['http://track.example.com:80', 'track.example.com', 'http', null],
    ['http://track.example.com:443', 'track.example.com:443', 'http', null],
    ['track.example.com:443', 'track.example.com', null, null],
    ['track.example.com:80', 'track.example.com:80', null, null],
    ['track.example.com:', 'track.example.com', null, null],
    ['track.example.com:08080', 'track.example.com:8080', null, null],
    ['https://t.example/click.php?cnv_id={clickid}&payout={payout}', 't.example', 'https', '/click.php'],
    ['t.example/click.php?cnv_id=OPTIONAL&payout=a b#x', 't.example', null, '/click.php'],
    ['https://t.example?cnv_id=1', 't.example', 'https', null],
    ['https://t.example/sub/click.php', 't.example', 'https', '/sub/click.php'],
    ['https://t.example//click/', 't.example', 'https', '/click'],
    ['https://t.example/c6ixl2k.php?key=1', 't.example', 'https', '/c6ixl2k.php'],
    ['https://xn--bcher-kva.example/click', 'xn--bcher-kva.example', 'https', '/click'],
    ['my_tracker.example', 'my_tracker.example', null, null],
    ['localhost:9000', 'localhost:9000', null, null],
    ['http://127.0.0.1:9000/click', '127.0.0.1:9000', 'http', '/click'],
    ['127.1', '127.0.0.1', null, null],
    ['0x7f000001:9000', '127.0.0.1:9000', null, null],
    ['http://[::1]:9000', '[::1]:9000', 'http', null],
    ['[::FFFF:127.0.0.1]', '[::ffff:7f00:1]', null, null],
  ])('%j is understood', (pasted, ...[trackingDomain, scheme, clickPath]) => {
    expect(readDomain(pasted)).toEqual({ trackingDomain, scheme, clickPath });
  });

  test.each([
    ['', 'no host'],
    ['   ', 'no host'],
    ['/click.php?cnv_id={clickid}', 'no host'],
    ['https:///click.php', 'no host'],
    ['click.php?cnv_id={clickid}', 'its host is missing'],
    ['ftp://t.example', '"ftp:"'],
    ['javascript:alert(1)', 'not a host name'],
    ['me:secret@t.example', 'user name'],
    ['https://t.example@127.0.0.1/', 'user name'],
    ['https://{domain}/click.php', 'placeholder'],
    ['t%2eexample', 'placeholder'],
    ['bücher.example', 'xn--'],
    ['t。example', 'xn--'],
    ['my tracker', 'not a host name'],
    ['track.example .com', 'not a host name'],
    ['-t.example', 'not a host name'],
    ['t..example', 'not a host name'],
    ['t.example\\click', 'not a host name'],
    ['t.example:http', 'not a host name'],
    ['t.example:123456', 'not a host name'],
    ['t.example:70000', 'no port'],
    ['t.example:0', 'no port'],
    ['1.2.3.256', 'not a host name'],
    ['[fe80::1%eth0]', 'placeholder'],
    ['[::1', 'not a host name'],
    ['[evil]', 'not a host name'],
    [`${'a'.repeat(64)}.example`, 'not a host name'],
    [`${'a.'.repeat(127)}example`, 'not a host name'],
    [`t.example/${'a'.repeat(3000)}`, 'too long'],
    [`t.example/${'a'.repeat(300)}`, 'path'],
    ['t.example/a/../b', 'path'],
    ['t.example/%2e%2e/b', 'path'],
    ['t.example/{clickid}', 'path'],
    ['t.example/click\u0000', 'path'],
  ])('%j is a problem that says what to paste', (pasted, word) => {
    expect(readDomain(pasted)).toEqual({ problem: expect.stringMatching(/Paste the host of your Binom/) });
    expect(JSON.stringify(readDomain(pasted))).toContain(word.replaceAll('"', '\\"'));
  });

  test('whatever is pasted, an understood host is what a URL makes of it, and reading it again changes nothing', () => {
    const pieces = fc.constantFrom(
      'https://',
      'http://',
      '//',
      't.example',
      '127.1',
      '[::1]',
      ':80',
      '/click.php',
      '@',
      '.',
      '?',
      'é',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.array(pieces).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(anything, (pasted) => {
        const read = readDomain(pasted);
        if ('problem' in read) return;
        const url = new URL(`https://${read.trackingDomain}${read.clickPath ?? '/'}?a=b`);
        expect(`${url.host}${url.pathname}${url.search}`).toBe(
          `${read.trackingDomain}${read.clickPath ?? '/'}?a=b`,
        );
        expect(readDomain(read.trackingDomain)).toEqual({ ...read, scheme: null, clickPath: null });
      }),
    );
  });
});
