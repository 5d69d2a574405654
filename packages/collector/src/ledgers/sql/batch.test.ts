import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../core/errors.ts';
import { batchesOn, type Step } from './batch.ts';
import { sqlOver } from './node-sqlite.ts';

function openTable() {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE parents (id INTEGER PRIMARY KEY)');
  db.exec(`CREATE TABLE notes (words TEXT PRIMARY KEY, filler BLOB,
    parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)`);
  const sql = sqlOver(db);
  const note = async (words: string) => {
    const known = await sql.all('SELECT words FROM notes');
    await sql.run('INSERT INTO notes (words) VALUES ($1)', words);
    return known.length;
  };
  const step = (run: () => unknown, keep = true): Step => ({ run, keep });
  const words = () =>
    db
      .prepare('SELECT words FROM notes ORDER BY words')
      .all()
      .map((row) => row['words']);
  return { db, sql, note, step, words, runBatch: batchesOn(db, 'BEGIN IMMEDIATE') };
}

/** Larger than what is left of a file that may have few pages. */
const TOO_MUCH = `INSERT INTO notes (words, filler) VALUES ('too much', zeroblob(1000000))`;

function fillUp(db: DatabaseSync): void {
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  db.exec(`PRAGMA max_page_count = ${pages + 5}`);
}

describe('a batch of verbs', () => {
  it('is one transaction whose verbs see what the ones before them did', async () => {
    const { note, step, words, runBatch } = openTable();
    const answers = await runBatch(['a', 'b', 'c'].map((each) => step(() => note(each))));
    expect(answers).toEqual([{ value: 0 }, { value: 1 }, { value: 2 }]);
    expect(words()).toEqual(['a', 'b', 'c']);
  });

  it('takes back what a failing verb did, and only that', async () => {
    const { note, step, words, runBatch } = openTable();
    const bug = new Error('a bug');
    const failing = step(async () => {
      await note('half done');
      throw bug;
    });
    const repeated = step(() => note('a'));
    const answers = await runBatch([step(() => note('a')), failing, repeated, step(() => note('b'))]);
    expect(answers).toEqual([
      { value: 0 },
      { error: bug },
      { error: expect.objectContaining({ message: expect.stringContaining('UNIQUE') }) },
      { value: 1 },
    ]);
    expect(words()).toEqual(['a', 'b']);
  });

  it('answers a preview and takes back what it did', async () => {
    const { note, step, words, runBatch } = openTable();
    const answers = await runBatch([
      step(() => note('a')),
      step(() => note('preview'), false),
      step(() => note('b')),
    ]);
    expect(answers).toEqual([{ value: 0 }, { value: 1 }, { value: 1 }]);
    expect(words()).toEqual(['a', 'b']);
  });

  it('that meets a full disk is run again verb by verb: only what does not fit is refused', async () => {
    const { db, sql, note, step, words, runBatch } = openTable();
    fillUp(db);
    const big = step(() => sql.run(TOO_MUCH));
    const [before, full, after] = await runBatch([
      step(() => note('before')),
      big,
      step(() => note('after')),
    ]);
    expect([before, after]).toEqual([{ value: 0 }, { value: 1 }]);
    expect(full).toEqual({ error: expect.any(Unavailable) });
    expect(words()).toEqual(['after', 'before']);
    expect(db.isTransaction).toBe(false);
  });

  it('refuses a verb that goes on after the disk was full, with nothing of it stored', async () => {
    const { db, sql, note, step, words, runBatch } = openTable();
    fillUp(db);
    const stubborn = step(async () => {
      try {
        await sql.run(TOO_MUCH);
      } catch {
        await note('as if nothing had happened');
      }
    });
    const [first, second] = await runBatch([stubborn, step(() => note('a'))]);
    expect(first).toMatchObject({ error: { name: 'Unavailable' } });
    expect(second).toEqual({ value: 0 });
    expect(words()).toEqual(['a']);
  });

  it('whose commit fails calls nothing done that is not', async () => {
    const { sql, note, step, words, runBatch } = openTable();
    const orphan = step(() => sql.run(`INSERT INTO notes (words, parent) VALUES ('orphan', 99)`));
    const [before, failed, after] = await runBatch([
      step(() => note('before')),
      orphan,
      step(() => note('after')),
    ]);
    expect([before, after]).toEqual([{ value: 0 }, { value: 1 }]);
    expect(failed).toEqual({ error: expect.any(Unavailable) });
    expect(words()).toEqual(['after', 'before']);
  });

  it('lets nothing come between its verbs but their own continuations', async () => {
    const { note, step, runBatch } = openTable();
    const seen: string[] = [];
    setImmediate(() => seen.push('an event'));
    const verbs = Array.from({ length: 256 }, (_, index) =>
      step(async () => {
        await note(`${index}a`);
        await note(`${index}b`);
      }),
    );
    await runBatch(verbs);
    seen.push('the batch');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(seen).toEqual(['the batch', 'an event']);
  });
});
