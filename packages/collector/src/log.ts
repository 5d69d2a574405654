/** The log: one JSON line for each event, for machines; what people read is told elsewhere. */
import { pino } from 'pino';
import type { LogLevel } from './config.ts';
import type { Log } from './core/ports.ts';
import { presentable } from './log/presentable.ts';

export interface LogOptions {
  readonly level: LogLevel;
  readonly out: { write(line: string): unknown };
}

export function createLog({ level, out }: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => void out.write(line) },
  );
  return {
    info: (event, fields) => logger.info(named(fields), event),
    warn: (event, fields) => logger.warn(named(fields), event),
    error: (event, fields) => logger.error(named(fields), event),
  };
}

/** A field must not stand in for one of the line's own. */
function named(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = presentable(fields);
  const own = OWN.filter((name) => Object.hasOwn(shown, name));
  for (const name of own) {
    shown[`${name}_`] = shown[name];
    delete shown[name];
  }
  return shown;
}

const OWN = ['level', 'time', 'event'];
