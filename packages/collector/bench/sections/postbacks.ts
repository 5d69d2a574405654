// Claim: claiming, writing each attempt down and settling it leaves a fair share of what the HTTP client alone does.
// Falsified by a ratio below the target, a postback that is not accepted, or a request too many or too few at the sink.
import { join } from 'node:path';
import { bareLoop } from '../support/bare-loop.ts';
import { type Helper, startHelper } from '../support/children.ts';
import { deliverAll } from '../support/deliver-all.ts';
import type { Context, Figure, Section } from '../support/figure.ts';
import { openConnected, owe } from '../support/owed-postbacks.ts';
import { median, rounded } from '../support/statistics.ts';

const IN_FLIGHT = 256;
const SINK = join(import.meta.dirname, '../sink.ts');

export const postbacks: Section = {
  name: 'postbacks',
  about: 'postbacks a second with all bookkeeping, beside a bare undici loop to the same server',
  run: measure,
};

interface Round {
  readonly ours: number;
  readonly theirs: number;
}

async function measure({ quick, folder, say }: Context): Promise<Figure[]> {
  const sink = await startHelper(SINK);
  const path = join(folder, 'postbacks.db');
  const ledger = await openConnected({ path, trackerPort: sink.port, inFlight: IN_FLIGHT });
  const [count, each] = quick ? [3, 2000] : [5, 10_000];
  const rounds: Round[] = [];
  // Round 0 warms both sides and is not counted.
  for (let round = 0; round <= count; round += 1) {
    await owe(ledger, round, each);
    const ours = Math.round(
      await counted(sink, each, () => deliverAll(ledger, { port: sink.port, count: each })),
    );
    const theirs = Math.round(await bareLoop(sink.port, { count: each, atOnce: IN_FLIGHT }));
    say(`round ${round} of ${count}: ${ours}/s, bare undici ${theirs}/s`);
    if (round > 0) rounds.push({ ours, theirs });
  }
  await ledger.close();
  await sink.stop();
  return figuresOf(rounds, each);
}

/** Every postback makes one request, no more. */
async function counted(sink: Helper, expected: number, deliver: () => Promise<number>): Promise<number> {
  const before = await sink.ask('count');
  const perSecond = await deliver();
  const arrived = (await sink.ask('count')) - before;
  if (arrived !== expected) throw new Error(`${expected} postbacks made ${arrived} requests`);
  return perSecond;
}

function figuresOf(rounds: readonly Round[], postbacksEach: number): Figure[] {
  const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
  const raw = { rounds, postbacksEach, inFlight: IN_FLIGHT };
  const [ours, theirs] = [median(rounds.map((each) => each.ours)), median(rounds.map((each) => each.theirs))];
  return [
    { name: 'postbacks: ratio to undici', value: rounded(ratio), unit: '×', target: { atLeast: 0.4 }, raw },
    { name: 'postbacks: with all bookkeeping', value: ours, unit: '/s', target: null, raw: {} },
    { name: 'postbacks: undici alone', value: theirs, unit: '/s', target: null, raw: {} },
  ];
}
