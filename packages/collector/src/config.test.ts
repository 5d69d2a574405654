import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readConfig, VARIABLE_NAMES, type Config, type Environment } from './config.ts';
import { Misconfigured } from './core/errors.ts';

const KEY32 = Buffer.alloc(32, 7).toString('base64');

describe('the environment of the collector', () => {
  it('may be empty', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8787,
      ledger: { engine: 'sqlite', path: 'data/clickback.db' },
      adminToken: null,
      shopApiKey: null,
      secretKey: null,
      publicUrl: null,
      trustProxy: ['loopback'],
      binom: { domain: null, clickPath: null, conversionType: null, fixedPayout: null, repeats: null },
      shopOrigins: null,
      trackerAllowHosts: [],
      retry: {
        schedule: [
          0, 5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000,
          86_400_000, 86_400_000,
        ],
        uncertainWait: 60_000,
      },
      clickRetentionDays: 90,
      orderRetentionDays: null,
      rateLimit: { most: 300, withinMs: 10_000 },
      metricsToken: null,
      logLevel: 'info',
    });
  });

  it('is frozen all the way down', () => {
    const config = readConfig({ SHOP_ORIGINS: 'https://a.example' });

    for (const part of [config, config.binom, config.retry, config.retry.schedule, config.shopOrigins]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test.each<[variable: string, text: string, part: (config: Config) => unknown, value: unknown]>([
    ['PORT', '0', ({ port }) => port, 0],
    ['PORT', ' 80 ', ({ port }) => port, 80],
    ['HOST', '0.0.0.0', ({ host }) => host, '0.0.0.0'],
    ['HOST', '[::1]', ({ host }) => host, '::1'],
    ['HOST', 'localhost', ({ host }) => host, 'localhost'],
    ['LEDGER_URL', 'memory:', ({ ledger }) => ledger, { engine: 'memory' }],
    ['LEDGER_URL', 'sqlite:/var/c.db', ({ ledger }) => ledger, { engine: 'sqlite', path: '/var/c.db' }],
    ['LEDGER_URL', 'sqlite:///var/c.db', ({ ledger }) => ledger, { engine: 'sqlite', path: '/var/c.db' }],
    ['LEDGER_URL', 'sqlite:C:\\c.db', ({ ledger }) => ledger, { engine: 'sqlite', path: 'C:\\c.db' }],
    ['ADMIN_TOKEN', '0123456789abcdef', ({ adminToken }) => adminToken, '0123456789abcdef'],
    ['SECRET_KEY', KEY32, ({ secretKey }) => secretKey, new Uint8Array(32).fill(7)],
    ['SECRET_KEY', KEY32.replace('=', ''), ({ secretKey }) => secretKey, new Uint8Array(32).fill(7)],
    ['PUBLIC_URL', 'https://C.shop.example/', ({ publicUrl }) => publicUrl, 'https://c.shop.example'],
    ['PUBLIC_URL', 'https://shop.example/_c/', ({ publicUrl }) => publicUrl, 'https://shop.example/_c'],
    ['TRUST_PROXY', 'true', ({ trustProxy }) => trustProxy, true],
    ['TRUST_PROXY', '2', ({ trustProxy }) => trustProxy, 2],
    ['TRUST_PROXY', 'loopback, 10.0.0.0/8', ({ trustProxy }) => trustProxy, ['loopback', '10.0.0.0/8']],
    ['TRUST_PROXY', '::1', ({ trustProxy }) => trustProxy, ['::1']],
    ['BINOM_DOMAIN', 'track.example', ({ binom }) => binom.domain, 'track.example'],
    ['BINOM_DOMAIN', 'http://127.0.0.1:9/x', ({ binom }) => binom.domain, 'http://127.0.0.1:9/x'],
    ['BINOM_CLICK_PATH', '/click', ({ binom }) => binom.clickPath, '/click'],
    ['BINOM_CONVERSION_TYPE', 'sale ok', ({ binom }) => binom.conversionType, 'sale ok'],
    ['BINOM_FIXED_PAYOUT', '12.50', ({ binom }) => binom.fixedPayout, '12.50'],
    ['BINOM_REPEATS', 'Replaces', ({ binom }) => binom.repeats, 'replaces'],
    ['SHOP_ORIGINS', 'any', ({ shopOrigins }) => shopOrigins, []],
    [
      'SHOP_ORIGINS',
      'https://a.example/, http://b.example:8080',
      ({ shopOrigins }) => shopOrigins,
      ['https://a.example', 'http://b.example:8080'],
    ],
    ['TRACKER_ALLOW_HOSTS', 'Binom.lan, [::1]:80', (c) => c.trackerAllowHosts, ['binom.lan', '[::1]:80']],
    ['RETRY_SCHEDULE', '0,5s, 2m,1h,1d', ({ retry }) => retry.schedule, [0, 5e3, 12e4, 36e5, 864e5]],
    ['UNCERTAIN_WAIT', '500ms', ({ retry }) => retry.uncertainWait, 500],
    ['CLICK_RETENTION_DAYS', '30', ({ clickRetentionDays }) => clickRetentionDays, 30],
    ['ORDER_RETENTION_DAYS', '730', ({ orderRetentionDays }) => orderRetentionDays, 730],
    ['RATE_LIMIT', '50/1m', ({ rateLimit }) => rateLimit, { most: 50, withinMs: 60_000 }],
    ['RATE_LIMIT', 'off', ({ rateLimit }) => rateLimit, null],
    ['METRICS_TOKEN', 'abc', ({ metricsToken }) => metricsToken, 'abc'],
    ['LOG_LEVEL', 'WARN', ({ logLevel }) => logLevel, 'warn'],
  ])('%s=%s is read', (variable, text, ...[part, value]) => {
    expect(part(readConfig({ [variable]: text }))).toEqual(value);
  });

  test.each([
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '8787x', 'a whole number'],
    ['HOST', 'http://localhost', 'an IP address or a host name'],
    ['LEDGER_URL', 'postgres://me:secret@db/x', 'PostgreSQL is not in this version'],
    ['LEDGER_URL', 'sqlite:', 'the path of a file'],
    ['LEDGER_URL', 'sqlite::memory:', 'or memory:'],
    ['LEDGER_URL', 'data/clickback.db', 'sqlite: and the path of a file'],
    ['PUBLIC_URL', 'c.shop.example', 'an http or https address'],
    ['PUBLIC_URL', 'https://me@c.example', 'an http or https address'],
    ['TRUST_PROXY', 'nginx', 'true, false, a number of proxies'],
    ['BINOM_DOMAIN', 'ftp://track.example', "your Binom's domain"],
    ['BINOM_DOMAIN', 'my tracker', "your Binom's domain"],
    ['BINOM_CLICK_PATH', 'click.php', 'a path that begins with /'],
    ['BINOM_FIXED_PAYOUT', '12,50', 'a plain decimal amount'],
    ['BINOM_REPEATS', 'unknown', 'one of adds, replaces'],
    ['SHOP_ORIGINS', 'https://a.example/page', 'without a path'],
    ['SHOP_ORIGINS', ',', 'any, or a comma list of origins'],
    ['TRACKER_ALLOW_HOSTS', 'http://127.0.0.1:80', 'without http://'],
    ['RETRY_SCHEDULE', '0,5', 'each a number with s, m, h or d'],
    ['RETRY_SCHEDULE', '', ''],
    ['UNCERTAIN_WAIT', '40d', 'at most 30d'],
    ['CLICK_RETENTION_DAYS', '0', 'a whole number from 1'],
    ['RATE_LIMIT', '300', 'how many in how long'],
    ['RATE_LIMIT', '0/10s', 'how many in how long'],
    ['LOG_LEVEL', 'loud', 'one of trace, debug, info'],
    ['HOST', 'a\nb', 'text without control characters'],
  ])('%s=%j stops the start, and the reason is given', (variable, text, words) => {
    const problems = problemsOf({ [variable]: text });

    if (text === '') return expect(problems).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${variable} is `);
    expect(problems[0]).toContain(words);
    expect(problems[0]).toContain(`such as ${variable}=`);
  });

  it('lists every problem at once', () => {
    const problems = problemsOf({ PORT: 'x', HOST: '', LOG_LEVEL: 'y', RATE_LIMIT: 'z', BINOM_REPEATS: '?' });

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'BINOM_REPEATS',
      'RATE_LIMIT',
      'LOG_LEVEL',
    ]);
  });

  it('never repeats a secret', () => {
    const told = problemsOf({
      ADMIN_TOKEN: 'hunter2',
      SHOP_API_KEY: 'hunter2 with spaces in it',
      SECRET_KEY: 'hunter2',
      METRICS_TOKEN: 'hunter2 x',
      LEDGER_URL: 'postgres://me:hunter2@db/x',
    });

    expect(told).toHaveLength(5);
    expect(told.join('\n')).not.toContain('hunter2');
  });

  it('takes any text in any variable as a value or as a problem', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.constantFrom('sqlite:', '0,', 'http://', '/', '300/', '[', '://', '%', 'h', 'any,', '::/0', '1e3'),
      fc
        .array(fc.constantFrom('1', 's', ',', '/', ':', 'a.b', '[::1]', ' ', '@', '?', '#', '\\'))
        .map((each) => each.join('')),
    );
    const environment = fc.dictionary(fc.constantFrom(...VARIABLE_NAMES), text);
    fc.assert(
      fc.property(environment, (env) => {
        for (const problem of problemsOf(env))
          expect(problem).toMatch(/^[A-Z_]+ is .+ expected .+, such as /s);
      }),
      { numRuns: 500 },
    );
  });
});

function problemsOf(env: Environment): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof Misconfigured) return error.problems;
    throw error;
  }
}
