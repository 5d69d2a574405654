import { describe, expect, test } from 'vitest';
import { addressProblem, allowsOf, refusalOf } from './address.ts';

describe('the address rule', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'link-local'],
    ['100.64.0.1', 'carrier'],
    ['198.18.0.1', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['fd00::1', 'private'],
    ['fec0::1', 'reserved'],
    ['ff02::1', 'multicast'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:a00:1', 'private'],
    ['::127.0.0.1', 'loopback'],
    ['::7f00:1', 'reserved'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['64:ff9b::a9fe:a9fe', 'link-local'],
    ['64:ff9b:1::808:808', 'reserved'],
    ['2002:7f00:1::', 'reserved'],
    ['2002:808:808::', 'reserved'],
    ['2001::1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['2001:2::1', 'reserved'],
    ['100::1', 'reserved'],
    ['4000::1', 'reserved'],
    ['', 'not an address'],
    ['tracker.example', 'not an address'],
  ])('refuses %j as %s', (address, word) => {
    expect(addressProblem(address)).toContain(word);
  });

  test.each(['8.8.8.8', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2a01:4f8::1', '2606:4700::1111'])(
    'permits %s',
    (address) => {
      expect(addressProblem(address)).toBeNull();
    },
  );
});

describe('a tracking domain that is saved', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '127.1:8443',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '①②⑦.0.0.1',
    '0',
    '10.1',
    '169.254.169.254',
    '[::]',
    '[::1]',
    '[::1]:9000',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:0001::]',
    '[fe80::1%25eth0]',
    '[fe80::1%eth0]',
    '::1',
    '127.0.0.1.',
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    'printer',
    'nas.local',
    'metadata.google.internal',
    'user@tracker.example',
    'tracker.example@127.0.0.1',
    'tracker.example/x',
    'tracker.example:port',
    '256.256.256.256',
    '',
  ])('is refused as %j', (text) => {
    expect(refusalOf(text, [])).toEqual(expect.any(String));
  });

  test.each([
    'tracker.example',
    'Tracker.Example:8443',
    '8.8.8.8',
    '[2a01:4f8::1]:443',
    'xn--bcher-kva.example',
    'tracker.example.',
  ])('is taken as %s', (text) => {
    expect(refusalOf(text, [])).toBeNull();
  });
});

describe('the allow list', () => {
  test('a host alone allows every port, a host with a port only that one', () => {
    const allows = allowsOf(['nas.lan', '127.0.0.1:9000']);
    expect(allows('nas.lan', '1')).toBe(true);
    expect(allows('127.0.0.1', '9000')).toBe(true);
    expect(allows('127.0.0.1', '9001')).toBe(false);
    expect(allows('evil.nas.lan', '1')).toBe(false);
  });

  test('case, a final dot, brackets and the form of an address do not matter', () => {
    const allows = allowsOf(['NAS.lan.', '[::1]:80', '127.1']);
    expect(allows('nas.LAN', '443')).toBe(true);
    expect(allows('::1', '80')).toBe(true);
    expect(allows('[::1]', '80')).toBe(true);
    expect(allows('127.0.0.1', '443')).toBe(true);
  });

  test('an unreadable entry allows nothing', () => {
    expect(allowsOf(['', '*', 'http://nas.lan', 'nas.lan/x', 'a@nas.lan'])('nas.lan', '80')).toBe(false);
  });

  test('what it names may be saved', () => {
    expect(refusalOf('127.1:9000', ['127.0.0.1:9000'])).toBeNull();
    expect(refusalOf('localhost:9001', ['localhost:9000'])).toContain('private network');
    expect(refusalOf('localhost', ['localhost:80'])).toBeNull();
  });
});
