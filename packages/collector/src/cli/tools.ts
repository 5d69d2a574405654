/** What every command works with. */
import { collectorClient, type CollectorClient } from './collector-client.ts';
import { paintFor, type Paint } from './paint.ts';
import type { Terminal } from './terminal.ts';

export interface Tools {
  readonly terminal: Terminal;
  readonly client: CollectorClient;
  readonly paint: Paint;
  /** Writes lines for a person. */
  readonly say: (text: string) => void;
  /** Writes an answer: as JSON for a program, else in words. */
  readonly answer: (how: { readonly json?: true }, value: unknown, words: () => string) => void;
}

export function toolsOf(terminal: Terminal): Tools {
  const say = (text: string): void => void terminal.out.write(`${text}\n`);
  return {
    terminal,
    client: collectorClient(terminal),
    paint: paintFor(terminal),
    say,
    answer: ({ json }, value, words) => say(json ? escaped(JSON.stringify(value, null, 2)) : words()),
  };
}

/** Control characters that JSON leaves as they are. */
function escaped(json: string): string {
  return json.replace(/[\u007f-\u009f]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`);
}
