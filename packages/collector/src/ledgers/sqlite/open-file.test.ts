import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Misconfigured } from '../../core/errors.ts';
import { BY, connectionSettings } from '../../../test/contracts/ledger-samples.ts';
import { openInTest, scratchFolder, SECRET_KEY } from '../../../test/support/sqlite-file.ts';
import { MIGRATIONS } from '../sql/schema.ts';
import { surroundingsOf } from '../sql/surroundings.ts';
import { openFile } from './open-file.ts';

const folder = scratchFolder();
let files = 0;

function freshPath(): string {
  files += 1;
  return join(folder, `${files}`, 'ledger.db');
}

/** A ledger that was opened and closed once. */
async function usedFile(): Promise<string> {
  const path = freshPath();
  await (await openInTest(path)).close();
  return path;
}

async function problemOf(path: string, over = {}): Promise<string> {
  const ledger = await openInTest(path, over).catch((error: unknown) => error);
  if (!(ledger instanceof Misconfigured)) throw new Error(`opened, or failed otherwise: ${String(ledger)}`);
  return ledger.message;
}

describe('the file of the ledger', { timeout: 60_000 }, () => {
  it('is made where it is missing, with its folder, for nobody else to read', async () => {
    const path = join(freshPath(), 'deeper', 'ledger.db');
    const ledger = await openInTest(path);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(path, '..'))) {
      expect([name, statSync(join(path, '..', name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    await ledger.close();
  });

  it('survives a power cut: write-ahead log, and a commit waits for the disk', async () => {
    const surroundings = surroundingsOf({ secretKey: SECRET_KEY, tracker: 'binom' });
    const db = await openFile({ file: join(folder, 'durable.db') }, surroundings);
    const answer = (pragma: string) => Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
    expect([answer('journal_mode'), answer('synchronous'), answer('fullfsync')]).toEqual(['wal', 2, 1]);
    db.close();
    await expect(openFile({ file: ':memory:' }, surroundings)).rejects.toThrow('survive a power cut');
  });

  it('is left with its log written back when the ledger is closed', async () => {
    const path = await usedFile();
    expect(readdirSync(join(path, '..')).sort()).toEqual(['ledger.db', 'ledger.db.lock']);
  });

  it('holds no secret that can be read from its bytes', async () => {
    const path = freshPath();
    const ledger = await openInTest(path);
    const ask = {
      ...BY,
      shop: 'main',
      tracker: 'binom',
      settings: connectionSettings({ trackingDomain: 'in.the.open' }),
    };
    await ledger.saveConnection({ ...ask, apiKey: 'the-very-secret-key' });
    await ledger.close();
    expect(readFileSync(path).includes('in.the.open')).toBe(true);
    expect(readFileSync(path).includes('the-very-secret-key')).toBe(false);
    const again = await openInTest(path);
    expect(await again.connectionSecret('main', 'binom')).toBe('the-very-secret-key');
    await again.close();
  });

  it('keeps what it holds when it is opened again', async () => {
    const path = freshPath();
    const first = await openInTest(path);
    await first.addKey({ shop: 'main', id: 'k', hash: 'ab', label: '', createdAt: 1 }, BY);
    await first.close();
    const second = await openInTest(path);
    expect((await second.directory()).keys).toHaveLength(1);
    await Promise.all([second.close(), second.close()]);
    await second.close();
  });
});

describe('a file that cannot be the ledger', { timeout: 60_000 }, () => {
  it('is open in this very process already, by whatever name', async () => {
    const path = freshPath();
    const ledger = await openInTest(path, { holder: 'the first one' });
    expect(await problemOf(path)).toContain('the first one');
    const link = join(folder, 'link.db');
    symlinkSync(path, link);
    expect(await problemOf(link)).toContain('another process has');
    await ledger.close();
    await (await openInTest(link)).close();
    expect(existsSync(`${link}.lock`)).toBe(false);
  });

  it('is no database', async () => {
    const path = freshPath();
    mkdirSync(join(path, '..'));
    writeFileSync(path, 'Dear diary, today somebody bought a lamp. '.repeat(100));
    expect(await problemOf(path)).toContain('file is not a database');
    expect(readFileSync(path, 'utf8')).toContain('Dear diary');
  });

  it('is damaged', async () => {
    const path = await usedFile();
    truncateSync(path, 3 * 4096);
    expect(await problemOf(path)).toContain('malformed');
  });

  it('belongs to another program, and is left alone', async () => {
    const path = freshPath();
    mkdirSync(join(path, '..'));
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE bookmarks (url TEXT)');
    db.close();
    const before = readFileSync(path);
    expect(await problemOf(path)).toContain('of another program');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('was written by a newer Clickback', async () => {
    const path = await usedFile();
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    expect(await problemOf(path)).toContain('newer Clickback');
  });

  it('was written with another SECRET_KEY', async () => {
    const path = await usedFile();
    expect(await problemOf(path, { secretKey: new Uint8Array(32).fill(8) })).toMatch(
      /SECRET_KEY is not the one .* from a backup.* no other key .* are not sealed/,
    );
    await (await openInTest(path)).close();
  });

  it('is a folder', async () => {
    expect(await problemOf(folder)).toContain('is not a file');
  });

  it('has no room for its tables', async () => {
    expect(await problemOf(freshPath(), { maxPages: 3 })).toContain('full');
  });

  it('lies where this user may not write', async (test) => {
    const path = join(folder, 'readonly', 'ledger.db');
    mkdirSync(join(path, '..'), { mode: 0o555 });
    const nobody = nobodyWhoCanRead(test.skip);
    const child = fileURLToPath(new URL('../../../test/support/sqlite-child.ts', import.meta.url));
    execFileSync('chmod', ['755', folder]);
    const { stdout } = spawnSync(process.execPath, [child, path], { ...nobody, encoding: 'utf8' });
    expect(stdout).toContain('cannot be written (EACCES)');
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });
});

/** Root may write everywhere, so as root the child becomes nobody, who must be able to run Node and read the sources. */
function nobodyWhoCanRead(skip: (why: string) => never): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const nobody = { uid: 65_534, gid: 65_534 };
  const probe = spawnSync(
    process.execPath,
    ['-e', `require('fs').readFileSync(${JSON.stringify(import.meta.filename)})`],
    nobody,
  );
  if (probe.status !== 0) skip('root may write everywhere, and nobody cannot read this repository');
  return nobody;
}
