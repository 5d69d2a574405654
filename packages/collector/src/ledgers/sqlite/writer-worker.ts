/** The one thread that writes. */
import type { DatabaseSync } from 'node:sqlite';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { probe } from '../sql/probe.ts';
import { surroundingsOf } from '../sql/surroundings.ts';
import { SMALL_READS, WRITES } from '../sql/verbs.ts';
import { type Opening, openingOf } from './messages.ts';
import { openFile } from './open-file.ts';
import { serve } from './serve.ts';
import type { WorkerSettings } from './worker-settings.ts';

const MOST_VERBS_A_COMMIT = 256;

if (parentPort === null) throw new Error('this file is the start of a worker thread');
parentPort.postMessage(await open(parentPort, workerData as WorkerSettings));

async function open(port: MessagePort, settings: WorkerSettings): Promise<Opening> {
  try {
    const surroundings = surroundingsOf(settings);
    const db = await openFile(settings, surroundings);
    serve(port, {
      db,
      begin: 'BEGIN IMMEDIATE',
      surroundings,
      verbs: { ...WRITES, ...SMALL_READS, probe, previewOrder: WRITES.receiveOrder },
      previews: new Set(['previewOrder']),
      most: MOST_VERBS_A_COMMIT,
      beforeClose: () => writeBack(db),
    });
    return { opened: true };
  } catch (error) {
    return openingOf(error);
  }
}

/** Leaves one file instead of a file and its log; where the disk is full, the next start does it. */
function writeBack(db: DatabaseSync): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Everything acknowledged is in the log, which stays.
  }
}
