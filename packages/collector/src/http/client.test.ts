import type { IncomingMessage } from 'node:http';
import express from 'express';
import { expect, test } from 'vitest';
import { addressOf, hostOf, isHttps, type Trust } from './client.ts';

const trustOf = (value: unknown) => express().set('trust proxy', value).get('trust proxy fn') as Trust;
const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

test.each([
  ['loopback', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['loopback', '127.0.0.1', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
  ['loopback', '127.0.0.1', '203.0.113.9, 127.0.0.1', '203.0.113.9'],
  ['loopback', '203.0.113.9', '6.6.6.6', '203.0.113.9'],
  ['loopback', '127.0.0.1', undefined, '127.0.0.1'],
  [false, '127.0.0.1', '6.6.6.6', '127.0.0.1'],
  [true, '203.0.113.9', '6.6.6.6, 7.7.7.7', '6.6.6.6'],
  [1, '10.0.0.1', '6.6.6.6, 7.7.7.7', '7.7.7.7'],
  [2, '10.0.0.1', '6.6.6.6, 7.7.7.7', '6.6.6.6'],
  [['loopback', '10.0.0.0/8'], '10.0.0.1', '6.6.6.6, 10.2.3.4', '6.6.6.6'],
  ['loopback', '127.0.0.1', 'unknown', 'unknown'],
])('trusting %j, %s with X-Forwarded-For %j is %s', (trust, remote, ...[forwarded, address]) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': String(forwarded) };
  expect(addressOf(from(remote, headers), trustOf(trust))).toBe(address);
});

test('what an untrusted caller says of its host and scheme is passed over', () => {
  const headers = {
    host: 'C.shop.example:8787',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  };
  const [proxy, stranger] = [from('127.0.0.1', headers), from('203.0.113.9', headers)];
  const trust = trustOf('loopback');
  expect([hostOf(proxy, trust), isHttps(proxy, trust)]).toEqual(['evil.example', true]);
  expect([hostOf(stranger, trust), isHttps(stranger, trust)]).toEqual(['c.shop.example', false]);
});
