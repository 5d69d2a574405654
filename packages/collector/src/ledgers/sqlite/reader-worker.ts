/** A thread that only reads, so that no list or sum makes a beacon wait. */
import { constants, setPriority } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { surroundingsOf } from '../sql/surroundings.ts';
import { READS } from '../sql/verbs.ts';
import { backUp } from './back-up.ts';
import type { Opening } from './messages.ts';
import { serve } from './serve.ts';
import type { WorkerSettings } from './worker-settings.ts';

const settings = workerData as WorkerSettings;
if (parentPort === null) throw new Error('this file is the start of a worker thread');

// Whoever reads a long list can wait, whoever pays cannot. On Linux this is the priority of this thread alone; elsewhere it
// would be the whole process's, so there it stays as it is (https://man7.org/linux/man-pages/man2/setpriority.2.html#NOTES).
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

serve(parentPort, {
  db: new DatabaseSync(settings.file, { readOnly: true, timeout: 5000 }),
  begin: 'BEGIN',
  surroundings: surroundingsOf(settings),
  verbs: { ...READS, backUp: (_tx: unknown, to: string) => backUp(settings.file, to) },
  previews: new Set(),
  most: 1,
});
parentPort.postMessage({ opened: true } satisfies Opening);
