/** A consistent copy while everything goes on: under a name of its own until it is whole and on the disk, then renamed. */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { makePrivate } from './make-file.ts';

const PAGES_A_STEP = 64;

/**
 * For a thread that has nothing else to do: after each few pages it waits until they are on the disk. A great heap of unwritten
 * pages would make every commit wait that comes meanwhile, because the file system writes them first.
 */
export async function backUp(file: string, to: string): Promise<void> {
  if (existsSync(to) && realpathSync(to) === file)
    throw new Error(`${to} is the ledger itself: name another file`);
  const partial = `${to}.partial`;
  rmSync(partial, { force: true });
  makePrivate(partial);
  const source = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    // Without a snapshot of its own, every commit meanwhile would start the copy again from the first page.
    source.exec('BEGIN; SELECT COUNT(*) FROM sqlite_schema');
    const copy = openSync(partial, 'r+');
    await backup(source, partial, { rate: PAGES_A_STEP, progress: () => fdatasyncSync(copy) });
    closeSync(copy);
    renameSync(partial, to);
    syncFolder(dirname(to));
  } finally {
    source.close();
    if (existsSync(partial)) rmSync(partial);
  }
}

/** A rename is on the disk when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
