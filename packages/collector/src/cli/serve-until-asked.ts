/** The life of the process: environment in, collector up, and down again when somebody asks. */
import { compose } from '../compose.ts';
import { SYSTEM_CLOCK } from '../compose/system-clock.ts';
import { readConfig } from '../config.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { greeting } from './greeting.ts';
import { requestsToEnd } from './requests-to-end.ts';
import type { Terminal } from './terminal.ts';

/** Closing takes 9 s at most; what takes longer hangs. */
const LONGEST_END = 9_800;

/** Fulfils with the exit code, once everything is closed. */
export async function serveUntilAsked(terminal: Terminal): Promise<number> {
  const asked = Promise.withResolvers<'asked'>();
  terminal.onSignal(
    requestsToEnd({
      end: () => asked.resolve('asked'),
      endAtOnce: () => terminal.exit(1),
      now: () => performance.now(),
    }),
  );
  const config = readConfig(terminal.env);
  const collector = await compose(config, { clock: SYSTEM_CLOCK, random: Math.random, out: terminal.out });
  if (terminal.isPerson) terminal.err.write(greeting(config, collector));
  giveBackMemory();

  const why = await Promise.race([asked.promise, collector.died]);
  setTimeout(() => terminal.exit(1), LONGEST_END).unref();
  await collector.close();
  if (why === 'asked') return 0;
  terminal.err.write(`The ledger is lost (${why.message}), so the collector ends. Start it again.\n`);
  return 1;
}
