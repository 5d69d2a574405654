// Claim: kill -9 at any moment loses nothing that was acknowledged and repeats nothing that is not written down.
// One ledger lives through all rounds of a mode; after the last one everything is sent and the books are compared.
import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Binom, startBinom } from '@clickback/sandbox';
import { type Collector, ledgerFile, startCollector } from '../../bench/support/collector-process.ts';
import { freePort } from '../../bench/support/free-port.ts';
import { integrityOf, readBooks, stillOpen } from './books.ts';
import { between, type Chance, chanceFrom } from './chance.ts';
import { breachesIn } from './check-books.ts';
import { Clients } from './clients.ts';
import { Journeys } from './messages.ts';
import { envOf, type Mode } from './mode.ts';
import { refusesASecond } from './second-process.ts';
import { trackerSide } from './tracker-side.ts';

/** The tracker takes its time, so that a kill finds requests on their way. */
const TRACKER_MS = 30;
/** Below the 30 s for which a breaker opens: our own deaths must not pass for the tracker's. */
const DRAIN_DEADLINE = 20_000;
const WAITS = { uncertain: 800 };

export interface CampaignAsk {
  readonly mode: Mode;
  readonly rounds: number;
  readonly seed: number;
  readonly folder: string;
}

export interface CampaignReport {
  readonly mode: Mode;
  readonly counts: Readonly<Record<string, number>>;
  readonly breaches: readonly string[];
}

export async function killUnderLoad({ mode, rounds, seed, folder }: CampaignAsk): Promise<CampaignReport> {
  mkdirSync(folder);
  const binom = await startBinom({ upsell: mode === 'adds' });
  binom.latency(TRACKER_MS);
  const chance = chanceFrom(seed);
  const port = await freePort();
  const clients = new Clients(port, { journeys: new Journeys(mode, chance), chance });
  const scene: Scene = { mode, folder, port, binom, clients, chance };
  const breaches: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const collector = await raise(scene);
    if (round === 1) breaches.push(...(await refusesASecond({ folder, env: envOf(mode, binom, WAITS) })));
    await loadAndKill(scene, collector);
  }
  breaches.push(...(await drain(scene)), ...clients.wrongAnswers);
  const report = await judge(scene, breaches);
  await binom.close();
  return report;
}

interface Scene {
  readonly mode: Mode;
  readonly folder: string;
  readonly port: number;
  readonly binom: Binom;
  readonly clients: Clients;
  readonly chance: Chance;
}

/** That it starts at all shows that the dead one's lock is gone. */
function raise({ mode, folder, port, binom }: Scene): Promise<Collector> {
  return startCollector({ folder, port, env: envOf(mode, binom, WAITS) });
}

async function loadAndKill({ clients, chance }: Scene, collector: Collector): Promise<void> {
  const lives = between(chance, 50, 900);
  let isOver = false;
  const load = clients.loadUntil(() => isOver);
  await Promise.race([wait(lives), collector.ended]);
  if (collector.hasEnded()) clients.wrongAnswers.push(`the collector ended by itself: ${collector.said()}`);
  await collector.kill();
  isOver = true;
  await load;
}

/** Everything unanswered is sent again, everything due is delivered, and the collector ends gently. */
async function drain(scene: Scene): Promise<string[]> {
  const collector = await raise(scene);
  await scene.clients.settleUp();
  const until = performance.now() + DRAIN_DEADLINE;
  while (stillOpen(ledgerFile(scene.folder)) > 0 && performance.now() < until) await wait(50);
  const open = stillOpen(ledgerFile(scene.folder));
  const code = await collector.stop();
  return [
    ...(open > 0 ? [`${open} postbacks were still open after ${DRAIN_DEADLINE / 1000} s`] : []),
    ...(code === 0 ? [] : [`SIGTERM ended the collector with code ${code}: ${collector.said()}`]),
  ];
}

async function judge(
  { mode, folder, binom, clients }: Scene,
  breaches: readonly string[],
): Promise<CampaignReport> {
  const file = ledgerFile(folder);
  const books = readBooks(file);
  const integrity = integrityOf(file);
  const { acknowledged, resent } = clients;
  const evidence = { mode, acknowledged, books, tracker: trackerSide(binom) };
  const accepted = books.postbacks.filter((row) => row.state === 'accepted').length;
  const unknown = books.attempts.filter(({ outcome }) => outcome === 'unknown').length;
  return {
    mode,
    counts: {
      beacons: acknowledged.beacons.size,
      orders: acknowledged.orders.size,
      resent,
      postbacks: books.postbacks.length,
      accepted,
      uncertain: books.postbacks.length - accepted,
      attempts: books.attempts.length,
      'cut off': unknown,
      requests: binom.requests.length,
    },
    breaches: [
      ...breaches,
      ...breachesIn(evidence),
      ...(integrity === 'ok' ? [] : [`integrity_check: ${integrity}`]),
    ],
  };
}
