/** The collector as a library: what `clickback serve` starts, inside a process that has other things to do as well. */
import { compose, type Collector, type World } from './compose.ts';
import { SYSTEM_CLOCK } from './compose/system-clock.ts';
import type { Config } from './config.ts';

export type { Collector } from './compose.ts';
export { readConfig, type Config, type Environment } from './config.ts';
export { Misconfigured } from './core/errors.ts';

/** Starts a collector and fulfils once it listens. Its log goes nowhere unless somebody takes the lines. */
export function startCollector(config: Config, world: Partial<World> = {}): Promise<Collector> {
  const quiet = { write: () => undefined };
  return compose(config, { clock: SYSTEM_CLOCK, random: Math.random, out: quiet, ...world });
}
