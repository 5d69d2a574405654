/**
 * Keys that nobody gave are made at the first start and kept in files that only their owner can read. Whatever the
 * environment gives is not written down.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Misconfigured } from '../core/errors.ts';
import { readKey, readSecretKey } from './secrets.ts';
import { Expected } from './variable.ts';

const KEYS_FILE = 'keys.txt';
const SECRET_KEY_FILE = 'secret.key';

const NAMES = ['ADMIN_TOKEN', 'SHOP_API_KEY'] as const;
export type KeyName = (typeof NAMES)[number];
export type Keys = Readonly<Record<KeyName, string>>;

export function keysFileIn(folder: string): string {
  return join(folder, KEYS_FILE);
}

/** The keys for this start; those that are neither given nor kept yet are made. */
export function keepKeys(folder: string, given: Readonly<Record<KeyName, string | null>>): Keys {
  const kept = NAMES.every((name) => given[name] !== null) ? {} : readKeys(folder);
  const made = NAMES.filter((name) => given[name] === null && kept[name] === undefined);
  const all = { ...kept, ...Object.fromEntries(made.map((name) => [name, newKey()])) };
  if (made.length > 0) write(keysFileIn(folder), [...HEADER, ...NAMES.flatMap((name) => line(name, all))]);
  const keyOf = (name: KeyName): string => given[name] ?? all[name] ?? '';
  return { ADMIN_TOKEN: keyOf('ADMIN_TOKEN'), SHOP_API_KEY: keyOf('SHOP_API_KEY') };
}

/** The keys kept in a folder; empty where there is no such file. */
export function readKeys(folder: string): Partial<Keys> {
  const file = keysFileIn(folder);
  const text = read(file);
  const keys: Partial<Record<KeyName, string>> = {};
  for (const name of NAMES) {
    const value = new RegExp(`^${name}=(.*)$`, 'm').exec(text ?? '')?.[1];
    if (value === undefined) continue;
    const key = readKey(value);
    if (key instanceof Expected) {
      throw new Misconfigured([
        `${name} in ${file} is unusable; expected ${key.words}. Correct or remove the line.`,
      ]);
    }
    keys[name] = key;
  }
  return keys;
}

/** The key that seals a ledger's secrets, kept beside its file; made only together with the ledger. */
export function keepSecretKey(ledgerFile: string): Uint8Array {
  const file = join(dirname(ledgerFile), SECRET_KEY_FILE);
  const text = read(file);
  if (text === null) return makeSecretKey(file, ledgerFile);
  const key = readSecretKey(text);
  if (!(key instanceof Expected)) return key;
  throw new Misconfigured([`${file} is damaged; expected ${key.words}. ${WITHOUT_KEY}`]);
}

/** With another key, what the ledger has sealed stays sealed, and people who were erased would not be recognised. */
function makeSecretKey(file: string, ledgerFile: string): Uint8Array {
  if (existsSync(ledgerFile)) {
    throw new Misconfigured([`${file} is missing, and ${ledgerFile} was written with it. ${WITHOUT_KEY}`]);
  }
  const made = randomBytes(32);
  write(file, [made.toString('base64')]);
  return new Uint8Array(made);
}

const WITHOUT_KEY =
  'Restore it from a backup, or set SECRET_KEY to the same key: a new key does not open this ledger. If it is lost for ' +
  'good, so are the secrets sealed with it; clicks, orders and postbacks are not sealed, and any SQLite tool reads ' +
  'them. To go on without it, move this folder away and start with an empty ledger: that one knows no order of the ' +
  'old one, and reports again what is sent again.';

const HEADER = [
  "# Clickback's keys, made at its first start. Who has them can read every order: keep this file private.",
  '# A variable of the same name in the environment wins.',
];

function line(name: KeyName, keys: Partial<Keys>): string[] {
  return keys[name] === undefined ? [] : [`${name}=${keys[name]}`];
}

function newKey(): string {
  return randomBytes(24).toString('base64url');
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unusable(file, 'read', error);
  }
}

/** At once, so that a crash leaves the old file or the new one. */
function write(file: string, lines: readonly string[]): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } catch (error) {
    throw unusable(file, 'written', error);
  }
}

function unusable(file: string, done: string, error: unknown): Misconfigured {
  return new Misconfigured([
    `${file} cannot be ${done} (${codeOf(error)}). Give the collector's user the right to its folder, or set ` +
      'ADMIN_TOKEN, SHOP_API_KEY and SECRET_KEY in the environment.',
  ]);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
