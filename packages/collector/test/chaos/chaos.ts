// `npm run chaos`: kill -9 under load and at named moments, then the books are compared. Exits 1 on any broken promise.
// ROUNDS=… kills a mode (default 20), SEED=… repeats a run's messages and kills. How: docs/benchmarks.md.
import { join } from 'node:path';
import { buildSnippetIfStale } from '../../bench/support/built-snippet.ts';
import { makeScratch } from '../../bench/support/scratch.ts';
import { killAtPoint } from './kill-at-point.ts';
import { KILL_POINTS } from './kill-point-promises.ts';
import { type CampaignReport, killUnderLoad } from './kill-under-load.ts';
import { type Mode, MODES } from './mode.ts';

/** Far beyond what it takes; something hangs then. */
const DEADLINE = 120_000;
const DEADLINE_A_ROUND = 3000;

const rounds = wholeNumber('ROUNDS', 20);
const seed = wholeNumber('SEED', Math.floor(Math.random() * 1e9));
buildSnippetIfStale();
const scratch = makeScratch('chaos');
const startedAt = performance.now();
setTimeout(() => giveUp(), DEADLINE + rounds * DEADLINE_A_ROUND).unref();

console.log(
  `chaos: kill -9, ${rounds} rounds for each of ${MODES.join(', ')}; SEED=${seed}; ${scratch.fileSystem}`,
);
const breaches = [...(await underLoad()), ...(await atPoints())];
scratch.remove();

for (const breach of breaches.slice(0, 40)) console.error(`  BROKEN ${breach}`);
if (breaches.length > 40) console.error(`  … and ${breaches.length - 40} more`);
const took = ((performance.now() - startedAt) / 1000).toFixed(0);
const kills = rounds * MODES.length + KILL_POINTS.length * MODES.length;
console.log(
  `\nchaos: ${kills} kills in ${took} s, ${breaches.length === 0 ? 'every promise kept' : `${breaches.length} promises BROKEN (SEED=${seed})`}`,
);
process.exit(breaches.length === 0 ? 0 : 1);

async function underLoad(): Promise<string[]> {
  console.log('\nkilled under load');
  // All modes at once: most of a round is waiting.
  const reports = await Promise.all(MODES.map(campaign));
  const names = Object.keys(Object.assign({}, ...reports.map((report) => report.counts)));
  row('repeats', [...names, 'broken']);
  for (const { mode, counts, breaches: broken } of reports) {
    row(mode, [...names.map((name) => String(counts[name] ?? '–')), String(broken.length)]);
  }
  return reports.flatMap(told);
}

function campaign(mode: Mode): Promise<CampaignReport> {
  const folder = join(scratch.folder, mode);
  return killUnderLoad({ mode, rounds, seed, folder }).catch((error: unknown) => ({
    mode,
    counts: {},
    breaches: [`the campaign could not go on: ${String(error)}`],
  }));
}

function told({ mode, breaches: broken }: CampaignReport): string[] {
  return broken.map((breach) => `[${mode}, under load] ${breach}`);
}

async function atPoints(): Promise<string[]> {
  console.log('\nkilled at a point');
  row('', MODES, 44);
  const all: string[] = [];
  for (const point of KILL_POINTS) {
    const found = await Promise.all(MODES.map((mode) => atPoint(point, mode)));
    row(
      point.moment,
      found.map((broken) => (broken.length === 0 ? 'kept' : 'BROKEN')),
      44,
    );
    all.push(...found.flat());
  }
  return all;
}

async function atPoint(point: (typeof KILL_POINTS)[number], mode: Mode): Promise<string[]> {
  const folder = join(scratch.folder, `${point.name}-${mode}`);
  const broken = await killAtPoint({ point, mode, folder }).catch((error: unknown) => [String(error)]);
  return broken.map((breach) => `[${mode}, ${point.name}] ${breach}`);
}

function row(name: string, cells: readonly string[], width = 10): void {
  console.log(`  ${name.padEnd(width)}${cells.map((cell) => cell.padStart(11)).join('')}`);
}

function wholeNumber(name: string, otherwise: number): number {
  const given = Number(process.env[name] ?? otherwise);
  if (Number.isInteger(given) && given >= 0) return given;
  console.error(`chaos: ${name} must be a whole number`);
  process.exit(2);
}

function giveUp(): never {
  console.error('chaos: not finished in time; something hangs');
  process.exit(1);
}
