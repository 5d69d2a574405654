import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../core/ports.ts';
import { click, DAY, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openInTest, scratchFolder } from '../../../test/support/sqlite-file.ts';

const folder = scratchFolder();

/** A ledger with a great many clicks, put there by the shortest way. */
async function openFull(name: string, clicks: number): Promise<Ledger> {
  const path = join(folder, name);
  await (await openInTest(path)).close();
  const db = new DatabaseSync(path);
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${clicks})
    INSERT INTO beacons (shop, beacon_id, click_id, visitor_id, clicked_at, received_at)
    SELECT 'main', 'old-' || i, 'click-' || i, 'v-' || i, ${NOW} - i, ${NOW} - i FROM n`);
  db.close();
  return openInTest(path);
}

/** Writes one beacon after the other until told to stop; gives their ids. */
function keepWriting(ledger: Ledger): { stop: () => Promise<string[]> } {
  const ids: string[] = [];
  const end = new AbortController();
  const done = (async () => {
    while (!end.signal.aborted) {
      const id = `written-${ids.length}`;
      await ledger.recordClick(click({ clickId: id, visitorId: id }));
      ids.push(id);
    }
    return ids;
  })();
  return {
    stop: () => {
      end.abort();
      return done;
    },
  };
}

describe('reading beside writing', { timeout: 60_000 }, () => {
  it('a long sum makes neither a beacon nor a short read wait', async () => {
    const ledger = await openFull('long-read.db', 300_000);
    // The threads that read start with their first read; what is compared here is reading.
    await Promise.all([ledger.gauges(), ledger.click('main', 'click-1')]);
    const finished: string[] = [];
    const note = (what: string) => () => finished.push(what);
    await Promise.all([
      ledger.summary('main', NOW - DAY, NOW + DAY).then(note('summary')),
      ledger.recordClick(click()).then(note('beacon')),
      ledger.directory().then(note('directory')),
      ledger.click('main', 'click-7').then(note('click')),
    ]);
    expect(finished.at(-1)).toBe('summary');
    await ledger.close();
  });

  it('a read sees whatever was acknowledged before it was asked for', async () => {
    const ledger = await openInTest(join(folder, 'fresh-reads.db'));
    for (let round = 0; round < 50; round += 1) {
      await ledger.recordClick(click({ clickId: `${round}` }));
      expect(await ledger.click('main', `${round}`)).not.toBeNull();
    }
    await ledger.close();
  });
});

describe('a backup', { timeout: 60_000 }, () => {
  it('is whole and sound although beacons come in all the while', async () => {
    const ledger = await openFull('busy.db', 30_000);
    const to = join(folder, 'busy-copy.db');
    await ledger.recordClick(click({ clickId: 'before the backup' }));
    const writing = keepWriting(ledger);
    await ledger.backup(to);
    const during = await writing.stop();
    expect(during.length).toBeGreaterThan(0);
    await ledger.close();

    expect(statSync(to).mode & 0o777).toBe(0o600);
    const copy = await openInTest(to);
    expect(await copy.click('main', 'before the backup')).not.toBeNull();
    expect(await copy.click('main', 'click-30000')).not.toBeNull();
    await copy.close();
    const db = new DatabaseSync(to, { readOnly: true });
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  });

  it('replaces an older one only when it is whole, and never the ledger itself', async () => {
    const path = join(folder, 'careful.db');
    const ledger = await openInTest(path);
    const to = join(folder, 'careful-copy.db');
    writeFileSync(to, 'an older copy');
    await ledger.backup(to);
    expect(statSync(to).size).toBeGreaterThan(4096);
    await expect(ledger.backup(path)).rejects.toThrow('is the ledger itself');
    await expect(ledger.backup(join(folder, 'no-such-folder', 'copy.db'))).rejects.toThrow('no-such-folder');
    expect(existsSync(join(folder, 'no-such-folder'))).toBe(false);
    await ledger.recordClick(click());
    await ledger.close();
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });
});
