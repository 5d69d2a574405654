// A ledger that has seen a million clicks, without waiting for a million beacons: the rows are written straight into the
// file, while no collector has it open.
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as breathe } from 'node:timers/promises';

const AT_ONCE = 50_000;
const DAYS = 30;
const DAY = 86_400_000;

/** Clicks of shop `main`, spread over the last thirty days; the file must have its tables already. */
export async function seedClicks(file: string, count: number, say: (line: string) => void): Promise<void> {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec('PRAGMA synchronous = OFF');
  const insert = db.prepare(
    `INSERT INTO beacons (shop, beacon_id, click_id, via, visitor_id, join_key, url, ref, clicked_at, received_at)
      VALUES ('main', ?, ?, 'clickid', ?, NULL, ?, 'https://l.instagram.example/', ?, ?)`,
  );
  const start = Date.now() - DAYS * DAY;
  for (let done = 0; done < count; done += AT_ONCE) {
    db.exec('BEGIN');
    for (let index = done; index < Math.min(done + AT_ONCE, count); index += 1) {
      const at = start + Math.floor((index * DAYS * DAY) / count);
      const id = index.toString(16).padStart(12, '0');
      const page = `https://lander.example/offers/${index % 50}`;
      insert.run(
        `0192c000-0000-7000-8000-${id}`,
        scattered(index),
        `0192c000-0000-7000-9000-${id}`,
        page,
        at,
        at,
      );
    }
    db.exec('COMMIT');
    if ((done / AT_ONCE) % 5 === 4) say(`${done + AT_ONCE} clicks written`);
    await breathe();
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  syncFile(file);
}

/** What is not on the disk yet would be written by the collector's first sync, and be charged to it. */
function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

function scattered(index: number): string {
  return `seed${(Math.imul(index, 2_654_435_761) >>> 0).toString(16).padStart(8, '0')}`;
}
