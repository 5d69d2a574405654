import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { Unavailable } from '../../core/errors.ts';
import type { Ledger } from '../../core/ports.ts';
import { click, DAY, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openInTest, scratchFolder } from '../../../test/support/sqlite-file.ts';

const folder = scratchFolder();
const MOST_BATCHES = 400;

interface Written {
  readonly acknowledged: string[];
  readonly refused: string[];
}

/** Writes beacons, many at once, until some of a batch are refused. */
async function writeUntilFull(ledger: Ledger, name: string): Promise<Written> {
  const written: Written = { acknowledged: [], refused: [] };
  for (let batch = 0; written.refused.length === 0 && batch < MOST_BATCHES; batch += 1) {
    const ids = Array.from({ length: 40 }, (_, index) => `${name}-${batch}-${index}`);
    const answers = await Promise.allSettled(
      ids.map((id) => ledger.recordClick(click({ clickId: id, visitorId: id, receivedAt: NOW - 100 * DAY }))),
    );
    for (const [index, answer] of answers.entries()) {
      (answer.status === 'fulfilled' ? written.acknowledged : written.refused).push(ids[index]!);
      if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(Unavailable);
    }
  }
  expect(written.refused).not.toEqual([]);
  return written;
}

async function isKept(ledger: Ledger, { acknowledged, refused }: Written): Promise<void> {
  for (const id of acknowledged) expect([id, await ledger.click('main', id)]).not.toEqual([id, null]);
  for (const id of refused) expect([id, await ledger.click('main', id)]).toEqual([id, null]);
}

/** A file system of 1 MB, or null where this process may not mount one. */
function tinyDisk(): string | null {
  const mount = join(folder, 'tiny');
  mkdirSync(mount);
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mount);
  } catch {
    return null;
  }
  return mount;
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'ignore' });
}

describe('a full disk', { timeout: 60_000 }, () => {
  it('is told to those it concerns, costs nothing acknowledged, and is over when there is room again', async () => {
    const ledger = await openInTest(join(folder, 'few-pages.db'), { maxPages: 200 });
    const written = await writeUntilFull(ledger, 'a');
    await isKept(ledger, written);
    await expect(ledger.ready()).rejects.toBeInstanceOf(Unavailable);

    expect(await ledger.forgetClicks(NOW, 500)).toBe(500);
    await ledger.ready();
    await ledger.recordClick(click({ clickId: 'after' }));
    expect(await ledger.click('main', 'after')).not.toBeNull();
    await ledger.close();
  });

  describe('of one megabyte', () => {
    const disk = tinyDisk();
    afterAll(() => {
      if (disk !== null) run('umount', '--lazy', disk);
    });

    it('that fills up in the middle of a batch, and has room again later', async (test) => {
      if (disk === null) test.skip('mounting a file system of 1 MB needs root');
      const file = join(String(disk), 'ledger.db');
      const filler = join(String(disk), 'filler');
      const ledger = await openInTest(file);
      writeFileSync(filler, Buffer.alloc(250_000));
      const before = await writeUntilFull(ledger, 'b');
      await expect(ledger.ready()).rejects.toBeInstanceOf(Unavailable);
      rmSync(filler);

      await ledger.ready();
      const after = await writeUntilFull(ledger, 'c');
      expect(after.acknowledged).not.toEqual([]);
      await isKept(ledger, before);
      await isKept(ledger, after);
      await ledger.close();
      const db = new DatabaseSync(file, { readOnly: true });
      expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      db.close();
    });
  });
});
