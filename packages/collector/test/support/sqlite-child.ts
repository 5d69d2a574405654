/**
 * A process that opens an SQLite ledger and writes until it is killed: one JSON line per acknowledged verb on stdout.
 * Its first line says whether it could open.
 */
import { writeSync } from 'node:fs';
import { Misconfigured } from '../../src/core/errors.ts';
import type { Ledger } from '../../src/core/ports.ts';
import { openSqlite } from '../../src/ledgers/sqlite.ts';
import { click, connect, newsOf } from '../contracts/ledger-samples.ts';

const [path = '', job = 'hold'] = process.argv.slice(2);
const LANES = 32;

const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);

try {
  const secretKey = new Uint8Array(32).fill(7);
  const ledger = await openSqlite({
    path,
    secretKey,
    tracker: 'binom',
    holder: `process ${process.pid}`,
    onDeath: () => process.exit(1),
  });
  if (job === 'write') await connect(ledger);
  say({ opened: true });
  if (job === 'write') await Promise.all(Array.from({ length: LANES }, (_, lane) => writeOn(ledger, lane)));
  else setInterval(() => {}, 60_000);
} catch (error) {
  say({ problems: error instanceof Misconfigured ? error.problems : [String(error)] });
  process.exit(1);
}

async function writeOn(ledger: Ledger, lane: number): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const id = `${process.pid}-${lane}-${turn}`;
    await ledger.recordClick(click({ beaconId: id, clickId: id, visitorId: id }));
    say({ click: id });
    await ledger.receiveOrder(newsOf(id, { orderId: id }));
    say({ order: id });
  }
}
