// A terminal nobody sits at: what commands write is kept, and a test can ask them to end.
import type { Terminal } from '../../src/cli/terminal.ts';

export interface RecordingTerminal extends Terminal {
  /** All that was written so far. */
  readonly written: { out: string; err: string };
  /** As Ctrl-C does. */
  interrupt(): void;
}

export function recordingTerminal(env: Terminal['env'], input = ''): RecordingTerminal {
  const written = { out: '', err: '' };
  const listeners = new Set<(signal: string) => void>();
  return {
    node: process.execPath,
    nodeVersion: process.versions.node,
    env,
    out: { write: (text: string) => (written.out += text) },
    err: { write: (text: string) => (written.err += text) },
    isPerson: false,
    hasColours: false,
    input: (async function* () {
      yield Buffer.from(input);
    })(),
    onSignal: (hear) => {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    exit: (code) => {
      throw new Error(`the process would end with ${code}`);
    },
    written,
    interrupt: () => listeners.forEach((hear) => hear('SIGINT')),
  };
}
