// Claim: a beacon that is stored, on the disk, before it is answered costs hardly more than one that Express merely
// parses. Falsified by a ratio below the target, by an answer other than 204, or by one beacon too few in the ledger.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startHelper } from '../support/children.ts';
import { ledgerFile, startCollector } from '../support/collector-process.ts';
import { drive } from '../support/drive.ts';
import type { Context, Figure, Section } from '../support/figure.ts';
import { freePort } from '../support/free-port.ts';
import { beaconRequests, type NextRequest } from '../support/requests.ts';
import { median, rounded } from '../support/statistics.ts';

const CONNECTIONS = 256;
const FLOOR = join(import.meta.dirname, '../express-floor.ts');

export const beacons: Section = {
  name: 'beacons',
  about: 'durable beacons a second, beside Express 5 that only parses the body and answers 204',
  run: measure,
};

async function measure(context: Context): Promise<Figure[]> {
  const floor = await startHelper(FLOOR);
  const collector = await startCollector({ folder: context.folder, port: await freePort() });
  const ours = { port: collector.port, next: beaconRequests(CONNECTIONS) };
  const theirs = { port: floor.port, next: beaconRequests(CONNECTIONS) };
  const { rounds, acknowledged } = await alternate({ ours, theirs }, context);
  await floor.stop();
  await collector.stop();
  const stored = countBeacons(context.folder);
  if (stored !== acknowledged)
    throw new Error(`acknowledged ${acknowledged} beacons, the ledger holds ${stored}`);
  return figuresOf(rounds, acknowledged);
}

interface Side {
  readonly port: number;
  readonly next: NextRequest;
}
interface Round {
  readonly ours: number;
  readonly theirs: number;
}

async function alternate(sides: { ours: Side; theirs: Side }, { quick, say }: Context) {
  const [count, ms] = quick ? [3, 1000] : [7, 4000];
  const turn = (side: Side, lasts: number) => drive({ ...side, connections: CONNECTIONS, ms: lasts });
  let { acknowledged } = await turn(sides.ours, ms);
  await turn(sides.theirs, ms);
  const rounds: Round[] = [];
  for (let round = 1; round <= count; round += 1) {
    const ours = await turn(sides.ours, ms);
    const theirs = await turn(sides.theirs, ms);
    acknowledged += ours.acknowledged;
    rounds.push({ ours: Math.round(ours.perSecond), theirs: Math.round(theirs.perSecond) });
    say(
      `round ${round} of ${count}: ${Math.round(ours.perSecond)}/s, Express ${Math.round(theirs.perSecond)}/s`,
    );
  }
  return { rounds, acknowledged };
}

function figuresOf(rounds: readonly Round[], acknowledged: number): Figure[] {
  const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
  const raw = { rounds, acknowledged, inLedger: acknowledged, connections: CONNECTIONS };
  return [
    { name: 'beacons: ratio to Express', value: rounded(ratio), unit: '×', target: { atLeast: 0.9 }, raw },
    {
      name: 'beacons: durable',
      value: median(rounds.map((each) => each.ours)),
      unit: '/s',
      target: null,
      raw: {},
    },
    {
      name: 'beacons: Express',
      value: median(rounds.map((each) => each.theirs)),
      unit: '/s',
      target: null,
      raw: {},
    },
  ];
}

function countBeacons(folder: string): number {
  const db = new DatabaseSync(ledgerFile(folder), { readOnly: true });
  const count = Number(db.prepare('SELECT COUNT(*) AS held FROM beacons').get()?.['held']);
  db.close();
  return count;
}
