/** A thread that only reads, so that no list or sum makes a beacon wait. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { surroundingsOf } from '../sql/surroundings.ts';
import { READS } from '../sql/verbs.ts';
import type { Opening } from './messages.ts';
import { serve } from './serve.ts';
import type { WorkerSettings } from './worker-settings.ts';

const settings = workerData as WorkerSettings;
if (parentPort === null) throw new Error('this file is the start of a worker thread');

serve(parentPort, {
  db: new DatabaseSync(settings.file, { readOnly: true, timeout: 5000 }),
  begin: 'BEGIN',
  surroundings: surroundingsOf(settings),
  verbs: READS,
  previews: new Set(),
  most: 1,
});
parentPort.postMessage({ opened: true } satisfies Opening);
