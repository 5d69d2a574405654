// `npm run bench`: every figure beside its target, with the machine it was measured on. How: docs/benchmarks.md.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { beacons } from './sections/beacons.ts';
import { footprint } from './sections/footprint.ts';
import { latency } from './sections/latency.ts';
import { postbacks } from './sections/postbacks.ts';
import { whileReading } from './sections/while-reading.ts';
import { buildSnippetIfStale } from './support/built-snippet.ts';
import { type Figure, type Section, verdictOf } from './support/figure.ts';
import { describeMachine, wordsOfMachine } from './support/machine.ts';
import { rowsOf, summaryOf } from './support/present.ts';
import { makeScratch } from './support/scratch.ts';

const SECTIONS: readonly Section[] = [footprint, latency, beacons, postbacks, whileReading];

const HELP = `npm run bench [-- options]
  --only NAME   one section; repeat it for more: ${SECTIONS.map(({ name }) => name).join(', ')}
  --quick       fewer and shorter rounds: to see that it runs, not to quote
  --json        the figures with their raw numbers, on standard output
  --strict      exit 1 when a figure misses its target`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const asked = SECTIONS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));

if (options.help) console.log(HELP);
else if (options.only.some((name) => !SECTIONS.some((section) => section.name === name))) refuse();
else await main();

function refuse(): void {
  console.error(`bench: there is no such section\n${HELP}`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  buildSnippetIfStale();
  const scratch = makeScratch('bench');
  const machine = await describeMachine(scratch);
  say(wordsOfMachine(machine).join('\n'));
  if (options.quick) say('--quick: to see that it runs; these figures are not for quoting');
  const [figures, failed]: [Figure[], string[]] = [[], []];
  for (const section of asked) {
    say(`\n${section.name}: ${section.about}`);
    try {
      const measured = await run(section, scratch.folder);
      figures.push(...measured);
      say(rowsOf(measured).join('\n'));
    } catch (error) {
      failed.push(section.name);
      console.error(`  could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  scratch.remove();
  say(`\n${summaryOf(figures, failed)}`);
  if (options.json) console.log(JSON.stringify({ machine, quick: options.quick, failed, figures }, null, 2));
  const isMissed = figures.some((figure) => verdictOf(figure) === 'MISS');
  // A target that is missed is a figure; what could not be measured is a fault.
  process.exit(failed.length > 0 || (options.strict && isMissed) ? 1 : 0);
}

function run(section: Section, scratch: string): Promise<Figure[]> {
  const folder = join(scratch, section.name);
  mkdirSync(folder);
  return section.run({ quick: options.quick, folder, say: (line) => say(`  … ${line}`) });
}

/** With `--json` the figures alone go to standard output. */
function say(line: string): void {
  if (options.json) console.error(line);
  else console.log(line);
}
