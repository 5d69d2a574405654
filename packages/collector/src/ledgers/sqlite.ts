/**
 * The embedded ledger: one SQLite file, one thread that writes, two that read when they are needed (short reads never wait for a long one).
 * A verb is answered when its commit is on the disk.
 */
import type { Ledger } from '../core/ports.ts';
import { byName } from './sql/by-name.ts';
import type { LedgerSettings } from './sql/surroundings.ts';
import { READS, SMALL_READS, WRITES } from './sql/verbs.ts';
import { lock } from './sqlite/lock.ts';
import { LazyThread } from './sqlite/lazy-thread.ts';
import { makeFile } from './sqlite/make-file.ts';
import type { FileOptions } from './sqlite/open-file.ts';
import { startThread, type ThreadOptions } from './sqlite/thread.ts';

export interface SqliteSettings extends LedgerSettings, Omit<FileOptions, 'file'> {
  readonly path: string;
  /** Who opens it, in words for a second process that is refused. */
  readonly holder?: string;
  /** How many verbs may wait for their commit; beyond it they reject with `Unavailable` at once. */
  readonly mostWaiting?: number;
  /** A thread of the ledger died: everything that waited was rejected, and the process should end. */
  readonly onDeath: (error: Error) => void;
}

/** Reads that may look at a great many rows. */
const LONG_READS = new Set<string>(['summary', 'gauges', 'orders', 'postbacks']);

/** How long a reading thread is kept for the next read, ms. */
const READER_RESTS = 10_000;

const WRITER = new URL('./sqlite/writer-worker.ts', import.meta.url);
const READER = new URL('./sqlite/reader-worker.ts', import.meta.url);

export async function openSqlite(settings: SqliteSettings): Promise<Ledger> {
  const file = makeFile(settings.path);
  const unlock = lock(file, settings.holder ?? 'a collector');
  try {
    return await ledgerOn(file, settings, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function ledgerOn(file: string, settings: SqliteSettings, unlock: () => void): Promise<Ledger> {
  const options = threadOptions(file, settings);
  const writer = await startThread(WRITER, options);
  const startReader = () => startThread(READER, options);
  const short = new LazyThread(startReader, READER_RESTS);
  const long = new LazyThread(startReader, READER_RESTS);
  const copier = new LazyThread(startReader, READER_RESTS);
  const reader = (name: string) => {
    if (name in SMALL_READS) return writer;
    return LONG_READS.has(name) ? long : short;
  };

  return {
    ...byName(WRITES, (_verb, args, name) => writer.call(name, args)),
    ...byName(READS, (_verb, args, name) => reader(name).call(name, args)),
    previewOrder: (news) => writer.call('previewOrder', [news]) as ReturnType<Ledger['previewOrder']>,
    ready: () => writer.call('probe', []) as Promise<void>,
    backup: (path) => copier.call('backUp', [path]) as Promise<void>,
    close: async () => {
      await Promise.all([short.close(), long.close(), copier.close()]);
      await writer.close();
      unlock();
    },
  };
}

function threadOptions(file: string, { secretKey, tracker, ...settings }: SqliteSettings): ThreadOptions {
  const { maxPages, mostWaiting = 20_000, onDeath } = settings;
  return {
    settings: { file, secretKey, tracker, ...(maxPages === undefined ? {} : { maxPages }) },
    mostWaiting,
    onDeath,
  };
}
