/** A worker that answers as the ledger's threads do, and dies or refuses to start when told. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Ask, Opening, Reply } from '../../src/ledgers/sqlite/messages.ts';

const { file } = workerData as { file: string };
if (file === 'missing')
  parentPort?.postMessage({ problems: ['LEDGER_URL: no such thing.'] } satisfies Opening);
else if (file === 'broken') throw new Error('broken from the start');
else parentPort?.postMessage({ opened: true } satisfies Opening);

parentPort?.on('message', (ask: Ask) => {
  if (ask === 'close') return parentPort?.close();
  const replies = ask.map(([name, args]): Reply => {
    if (name === 'die') throw new Error('died on the job');
    if (name === 'fail') return { failure: { name: 'TypeError', message: 'a bug', stack: 'where it was' } };
    return { value: { args, together: ask.length } };
  });
  parentPort?.postMessage(replies);
});
