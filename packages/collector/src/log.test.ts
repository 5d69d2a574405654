import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createLog } from './log.ts';
import type { LogLevel } from './config.ts';

describe('the log', () => {
  it('writes one JSON line for each event, with level, time and name', () => {
    const [line] = logged({ shop: 'main', ms: 41, nothing: null });

    expect(line).toMatch(/^\{"level":"info","time":"\d{4}-[^"]+Z",.*"event":"beacon\.refused"\}\n$/);
    expect(JSON.parse(line!)).toMatchObject({ shop: 'main', ms: 41, nothing: null });
  });

  it('is silent below its level', () => {
    expect(logged({}, 'warn')).toEqual([]);
    expect(logged({}, 'silent')).toEqual([]);
  });

  test.each([
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'cookies',
    'set-cookie',
    'password',
    'secret',
    'secrets',
    'SECRET_KEY',
    'token',
    'ADMIN_TOKEN',
    'adminToken',
    'api_key',
    'api-key',
    'apiKey',
    'shopApiKey',
    'x-shopify-hmac-signature',
  ])('never shows what stands in %s', (name) => {
    const lines = logged({ [name]: 'hunter2', headers: { [name]: ['hunter2'] } });

    expect(lines.join('')).not.toContain('hunter2');
  });

  it('shows names that only look like secrets', () => {
    expect(read({ tokenised: 'a', secretary: 'b', keys: 3 })).toMatchObject({
      tokenised: 'a',
      secretary: 'b',
      keys: 3,
    });
  });

  it('cuts what is long or deep', () => {
    const deep = { a: { b: { c: { d: { e: 'too deep' } } } } };
    const { text, list, nested } = read({ text: 'x'.repeat(1e6), list: Array(1000).fill(1), nested: deep });

    expect(text).toBe(`${'x'.repeat(2048)}… (1000000 characters)`);
    expect(list).toHaveLength(50);
    expect(JSON.stringify(nested)).toBe('{"a":{"b":{"c":{"d":"…"}}}}');
  });

  it('writes money, bytes and errors as text', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;

    expect(
      read({ amount: 4990n, bytes: new Uint8Array(3), error: new Error('out of disk'), circle }),
    ).toMatchObject({
      amount: '4990',
      bytes: '3 bytes',
      error: { name: 'Error', message: 'out of disk' },
    });
  });

  it('lets no field stand in for one of its own', () => {
    expect(read({ level: 'fatal', time: 'never', event: 'all is well' })).toMatchObject({
      level: 'info',
      event: 'beacon.refused',
      level_: 'fatal',
      event_: 'all is well',
    });
  });

  it('lets no text forge a line or move the cursor', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\n{"level":"error"}',
        '\u001b[2J',
        '\u009b31m',
        '\u2028',
        '"}\r\n',
        '\ud800',
        '\u0000',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (name, value) => {
        const lines = logged({ [name]: value, nested: { [name]: [value] } });

        expect(lines).toHaveLength(1);
        // eslint-disable-next-line no-control-regex -- control characters are what it looks for
        expect(lines[0]).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*\n$/);
        expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', event: 'beacon.refused' });
      }),
    );
  });
});

function logged(fields: Record<string, unknown>, level: LogLevel = 'info'): string[] {
  const lines: string[] = [];
  createLog({ level, out: { write: (line: string) => lines.push(line) } }).info('beacon.refused', fields);
  return lines;
}

function read(fields: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(logged(fields)[0]!) as Record<string, unknown>;
}
