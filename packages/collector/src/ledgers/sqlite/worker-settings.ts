import type { LedgerSettings } from '../sql/surroundings.ts';
import type { FileOptions } from './open-file.ts';

/** What a worker thread is started with. */
export type WorkerSettings = LedgerSettings & FileOptions;
