// The collector in a process that also sums all clicks up and copies the ledger, over and over, when told to: by the same
// reading thread and the same copying as the ledger's own, beside the same writer. Its first message is its port; then it
// answers `read` (0), `stop` (how many summaries were read) and `backups` (how many copies were made).
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { readConfig, startCollector } from '../src/index.ts';
import { startThread } from '../src/ledgers/sqlite/thread.ts';
import { ledgerFile } from './support/collector-process.ts';

const READER = new URL('../src/ledgers/sqlite/reader-worker.ts', import.meta.url);

const file = ledgerFile(process.cwd());
const collector = await startCollector(readConfig(process.env), { out: process.stderr });
const options = {
  settings: { file, secretKey: randomBytes(32), tracker: 'binom' },
  mostWaiting: 10,
  onDeath: (error: Error) => {
    throw error;
  },
};
const [reader, copier] = [await startThread(READER, options), await startThread(READER, options)];

let isReading = false;
let summaries = 0;
let backups = 0;

async function readOn(): Promise<void> {
  for (; isReading; summaries += 1) await reader.call('summary', ['main', 0, Date.now()]);
}

async function copyOn(): Promise<void> {
  for (; isReading; backups += 1) {
    await copier.call('backUp', [`${file}.copy`]);
    await rm(`${file}.copy`);
  }
}

function answer(word: unknown): number {
  if (word === 'backups') return backups;
  isReading = word === 'read';
  if (!isReading) return summaries;
  void readOn();
  void copyOn();
  return 0;
}

process.on('message', (word) => process.send?.(answer(word)));
process.send?.(Number(new URL(collector.url).port));
