import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepKeys, keepSecretKey, readKeys } from './key-files.ts';

const NONE = { ADMIN_TOKEN: null, SHOP_API_KEY: null };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clickback-keys-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('keys.txt', () => {
  it('is made at the first start, for its owner only, and kept at the second', () => {
    const deeper = join(folder, 'data');

    const first = keepKeys(deeper, NONE);

    expect(first.ADMIN_TOKEN).toMatch(/^[\w-]{32}$/);
    expect(first.SHOP_API_KEY).not.toBe(first.ADMIN_TOKEN);
    expect(statSync(join(deeper, 'keys.txt')).mode & 0o777).toBe(0o600);
    expect(keepKeys(deeper, NONE)).toEqual(first);
    expect(readKeys(deeper)).toEqual(first);
    expect(readdirSync(deeper)).toEqual(['keys.txt']);
  });

  it('is not needed when the environment gives both', () => {
    const given = { ADMIN_TOKEN: 'a'.repeat(16), SHOP_API_KEY: 'b'.repeat(16) };

    expect(keepKeys(folder, given)).toEqual(given);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('yields to the environment, and never holds what the environment gave', () => {
    const ADMIN_TOKEN = 'from-the-environment';

    const { SHOP_API_KEY } = keepKeys(folder, { ...NONE, ADMIN_TOKEN });

    expect(readKeys(folder)).toEqual({ SHOP_API_KEY });
    const later = keepKeys(folder, NONE);
    expect(later.SHOP_API_KEY).toBe(SHOP_API_KEY);
    expect(later.ADMIN_TOKEN).not.toBe(ADMIN_TOKEN);
    expect(keepKeys(folder, { ...NONE, ADMIN_TOKEN }).ADMIN_TOKEN).toBe(ADMIN_TOKEN);
    expect(readKeys(folder)).toEqual(later);
  });

  it('with a key nobody could use stops the start without repeating it', () => {
    writeFileSync(join(folder, 'keys.txt'), 'ADMIN_TOKEN=hunter2\r\nSHOP_API_KEY=also short');

    expect(() => keepKeys(folder, NONE)).toThrow(
      /ADMIN_TOKEN in .*keys\.txt is unusable; expected at least 16/,
    );
    expect(() => keepKeys(folder, NONE)).not.toThrow(/hunter2/);
  });

  it('that cannot be written says what to do', () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');

    expect(() => keepKeys(join(folder, 'data'), NONE)).toThrow(
      /keys\.txt cannot be \w+ \(ENOTDIR\)\. Give .* ADMIN_TOKEN/,
    );
  });
});

describe('secret.key', () => {
  it('is made once, beside the ledger, for its owner only', () => {
    const ledger = join(folder, 'data', 'clickback.db');

    const key = keepSecretKey(ledger);

    expect(key).toHaveLength(32);
    expect(keepSecretKey(ledger)).toEqual(key);
    expect(statSync(join(folder, 'data', 'secret.key')).mode & 0o777).toBe(0o600);
  });

  it('is never made for a ledger that has one already', () => {
    const ledger = join(folder, 'clickback.db');
    writeFileSync(ledger, '');

    expect(() => keepSecretKey(ledger)).toThrow(/secret\.key is missing, and .* Restore it from a backup/);
    expect(() => keepSecretKey(ledger)).toThrow(
      /a new key does not open this ledger.* orders .* are not sealed/,
    );
    expect(readdirSync(folder)).toEqual(['clickback.db']);
  });

  it('that is damaged is never replaced by itself', () => {
    writeFileSync(join(folder, 'secret.key'), 'half a k');

    expect(() => keepSecretKey(join(folder, 'clickback.db'))).toThrow(
      /secret\.key is damaged; expected 32 bytes in base64/,
    );
    expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe('half a k');
  });
});
