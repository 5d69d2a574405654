/** What a command knows of the process it runs in. */
export interface Terminal {
  /** Where Node itself is, to start another. */
  readonly node: string;
  readonly nodeVersion: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
  /** Whether a person reads what is written to `out`. */
  readonly isPerson: boolean;
  /** Whether `out` shows colours. */
  readonly hasColours: boolean;
  readonly input: AsyncIterable<Buffer | string>;
  /** Calls with every request to end; the returned function stops listening. */
  readonly onSignal: (hear: (signal: string) => void) => () => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => never;
}

/** What the process looks like to a command. `NO_COLOR`: https://no-color.org/ */
export function terminalOf(process: NodeJS.Process): Terminal {
  const { env, stdout, stderr, stdin } = process;
  // Whoever reads our output may leave before we do (`| head`); that is no failure of ours.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  return {
    node: process.execPath,
    nodeVersion: process.versions.node,
    env,
    out: stdout,
    err: stderr,
    isPerson: stdout.isTTY,
    hasColours: stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    input: stdin,
    onSignal: (hear) => {
      for (const signal of SIGNALS) process.on(signal, hear);
      return () => {
        for (const signal of SIGNALS) process.off(signal, hear);
      };
    },
    exit: (code) => process.exit(code),
  };
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
