/** The life of the process: environment in, collector up, and down again when somebody asks. */
import { compose } from '../compose.ts';
import { SYSTEM_CLOCK } from '../compose/system-clock.ts';
import { readConfig } from '../config.ts';
import { greeting } from './greeting.ts';
import type { Terminal } from './terminal.ts';

/** Closing takes 9 s at most; what takes longer hangs. */
const LONGEST_END = 9_800;

/** Fulfils with the exit code, once everything is closed. */
export async function serveUntilAsked(terminal: Terminal): Promise<number> {
  const asked = Promise.withResolvers<'asked'>();
  let isAsked = false;
  terminal.onSignal(() => {
    // Who asks twice does not want to wait.
    if (isAsked) terminal.exit(1);
    isAsked = true;
    asked.resolve('asked');
  });
  const config = readConfig(terminal.env);
  const collector = await compose(config, { clock: SYSTEM_CLOCK, random: Math.random, out: terminal.out });
  if (terminal.isPerson) terminal.err.write(greeting(config, collector));

  const why = await Promise.race([asked.promise, collector.died]);
  setTimeout(() => terminal.exit(1), LONGEST_END).unref();
  await collector.close();
  if (why === 'asked') return 0;
  terminal.err.write(`The ledger is lost (${why.message}), so the collector ends. Start it again.\n`);
  return 1;
}
