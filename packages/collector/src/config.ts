/** The environment as one frozen value, or every problem at once. docs/settings.md lists the variables. */
import {
  readAllowHosts,
  readDomain,
  readHost,
  readOrigins,
  readPublicUrl,
  readTrustProxy,
  type TrustProxy,
} from './config/addresses.ts';
import { readDuration, readRateLimit, readSchedule, type RateLimit } from './config/durations.ts';
import { readLedgerUrl, type LedgerPlace } from './config/ledger-url.ts';
import { readKey, readSecretKey, readToken } from './config/secrets.ts';
import { Expected, readVariable, type Variable } from './config/variable.ts';
import type { Repeats } from './core/connection.ts';
import { Misconfigured } from './core/errors.ts';
import type { RetryPolicy } from './core/retry.ts';

export { Misconfigured } from './core/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly ledger: LedgerPlace;
  /** Null: kept in `keys.txt`. */
  readonly adminToken: string | null;
  readonly shopApiKey: string | null;
  /** 32 bytes. Null: kept in `secret.key`. */
  readonly secretKey: Uint8Array | null;
  /** Without a trailing slash. */
  readonly publicUrl: string | null;
  readonly trustProxy: TrustProxy;
  /** What the environment says about the Binom of shop `main`; null where it says nothing. */
  readonly binom: BinomVariables;
  /** Origins of shop `main`, empty for any; null where the environment says nothing. */
  readonly shopOrigins: readonly string[] | null;
  readonly trackerAllowHosts: readonly string[];
  readonly retry: RetryPolicy;
  readonly clickRetentionDays: number;
  readonly orderRetentionDays: number | null;
  /** Null where a proxy does it. */
  readonly rateLimit: RateLimit | null;
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
}

export interface BinomVariables {
  readonly domain: string | null;
  readonly clickPath: string | null;
  readonly conversionType: string | null;
  readonly fixedPayout: string | null;
  readonly repeats: Repeats;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const VARIABLES = {
  PORT: { read: whole(0, 65_535), example: '8787' },
  HOST: { read: readHost, example: '127.0.0.1' },
  LEDGER_URL: { read: readLedgerUrl, example: 'sqlite:data/clickback.db' },
  ADMIN_TOKEN: { read: readKey, example: '$(openssl rand -hex 24)', isSecret: true },
  SHOP_API_KEY: { read: readKey, example: '$(openssl rand -hex 24)', isSecret: true },
  SECRET_KEY: { read: readSecretKey, example: '$(openssl rand -base64 32)', isSecret: true },
  PUBLIC_URL: { read: readPublicUrl, example: 'https://c.shop.example' },
  TRUST_PROXY: { read: readTrustProxy, example: 'loopback' },
  BINOM_DOMAIN: { read: readDomain, example: 'track.example' },
  BINOM_CLICK_PATH: {
    read: matching(/^(?:\/[\w.~-]{1,64}){1,4}$/, 'a path that begins with /, without a query'),
    example: '/click.php',
  },
  BINOM_CONVERSION_TYPE: { read: matching(/^\S.{0,63}$/, 'a text of at most 64 characters'), example: '1' },
  BINOM_FIXED_PAYOUT: {
    read: matching(/^\d{1,12}(?:\.\d{1,4})?$/, 'a plain decimal amount'),
    example: '12.50',
  },
  BINOM_REPEATS: { read: oneOf(['adds', 'replaces'] as const), example: 'replaces' },
  SHOP_ORIGINS: { read: readOrigins, example: 'https://lander.example,https://shop.example' },
  TRACKER_ALLOW_HOSTS: { read: readAllowHosts, example: '127.0.0.1:8080,binom.lan' },
  RETRY_SCHEDULE: { read: readSchedule, example: '0,5s,30s,2m,10m,1h,6h,24h' },
  UNCERTAIN_WAIT: { read: readDuration, example: '60s' },
  CLICK_RETENTION_DAYS: { read: whole(1, 3_650), example: '90' },
  ORDER_RETENTION_DAYS: { read: whole(1, 36_500), example: '730' },
  RATE_LIMIT: { read: readRateLimit, example: '300/10s' },
  METRICS_TOKEN: { read: readToken, example: '$(openssl rand -hex 24)', isSecret: true },
  LOG_LEVEL: { read: oneOf(LOG_LEVELS), example: 'info' },
} satisfies Record<string, Variable<unknown>>;

type Name = keyof typeof VARIABLES;
type ValueOf<Key extends Name> = Exclude<ReturnType<(typeof VARIABLES)[Key]['read']>, Expected>;

/** Every name the collector reads from its environment. */
export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly Name[];

const DEFAULT_WAITS = '0,5s,30s,2m,10m,30m,1h,3h,6h,12h,24h,24h';

/** Throws `Misconfigured` with every problem. An empty variable counts as not set. */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const read = <Key extends Name>(name: Key): ValueOf<Key> | null => {
    const text = env[name];
    if (text === undefined || text.trim() === '') return null;
    const reading = readVariable(name, text, VARIABLES[name] as Variable<ValueOf<Key>>);
    if ('value' in reading) return reading.value;
    problems.push(reading.problem);
    return null;
  };
  const config = configOf(read);
  if (problems.length > 0) throw new Misconfigured(problems);
  return frozen(config);
}

function configOf(read: <Key extends Name>(name: Key) => ValueOf<Key> | null): Config {
  return {
    host: read('HOST') ?? '127.0.0.1',
    port: read('PORT') ?? 8787,
    ledger: read('LEDGER_URL') ?? { engine: 'sqlite', path: 'data/clickback.db' },
    adminToken: read('ADMIN_TOKEN'),
    shopApiKey: read('SHOP_API_KEY'),
    secretKey: read('SECRET_KEY'),
    publicUrl: read('PUBLIC_URL'),
    trustProxy: read('TRUST_PROXY') ?? ['loopback'],
    binom: {
      domain: read('BINOM_DOMAIN'),
      clickPath: read('BINOM_CLICK_PATH'),
      conversionType: read('BINOM_CONVERSION_TYPE'),
      fixedPayout: read('BINOM_FIXED_PAYOUT'),
      repeats: read('BINOM_REPEATS'),
    },
    shopOrigins: read('SHOP_ORIGINS'),
    trackerAllowHosts: read('TRACKER_ALLOW_HOSTS') ?? [],
    retry: {
      schedule: read('RETRY_SCHEDULE') ?? (readSchedule(DEFAULT_WAITS) as readonly number[]),
      uncertainWait: read('UNCERTAIN_WAIT') ?? 60_000,
    },
    clickRetentionDays: read('CLICK_RETENTION_DAYS') ?? 90,
    orderRetentionDays: read('ORDER_RETENTION_DAYS'),
    rateLimit: limitOf(read('RATE_LIMIT')),
    metricsToken: read('METRICS_TOKEN'),
    logLevel: read('LOG_LEVEL') ?? 'info',
  };
}

function limitOf(read: RateLimit | 'off' | null): RateLimit | null {
  return read === 'off' ? null : (read ?? { most: 300, withinMs: 10_000 });
}

function whole(least: number, most: number) {
  return (text: string): number | Expected => {
    const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
    return number >= least && number <= most
      ? number
      : new Expected(`a whole number from ${least} to ${most}`);
  };
}

function matching(shape: RegExp, words: string) {
  return (text: string): string | Expected => (shape.test(text.trim()) ? text.trim() : new Expected(words));
}

function oneOf<const Word extends string>(words: readonly Word[]) {
  return (text: string): Word | Expected =>
    words.find((word) => word === text.trim().toLowerCase()) ?? new Expected(`one of ${words.join(', ')}`);
}

/** Arrays and plain objects all the way down; bytes cannot be frozen. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
