/** The `clickback` command: finds the command that is meant, runs it, and tells how it went by its exit code. */
import { Command, CommanderError } from 'commander';

import { Misconfigured } from '../config.ts';
import { COMMANDS } from './commands.ts';
import { Failed } from './failed.ts';
import { WIDTH, wrapped } from './layout.ts';
import type { Terminal } from './terminal.ts';
import { toolsOf } from './tools.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/** Arguments without the program's own name. Fulfils with the exit code. */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const program = await programFor(argv[0], terminal);
    await program.parseAsync(argv, { from: 'user' });
    return DONE;
  } catch (error) {
    return told(error, terminal);
  }
}

async function programFor(name: string | undefined, terminal: Terminal): Promise<Command> {
  const program = new Command('clickback')
    .description('Every paid order finds its way home to the click that earned it.')
    .helpCommand(false)
    .showHelpAfterError('(--help says how it is used)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.out.write(text),
      writeErr: (text) => void terminal.err.write(text),
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
      getOutHasColors: () => terminal.hasColours,
    })
    .addHelpText('after', MORE);
  const tools = toolsOf(terminal);
  // Only what is asked for is loaded: the collector itself should not carry every command in its memory.
  const meant = COMMANDS.get(name ?? '');
  for (const load of meant === undefined ? COMMANDS.values() : [meant]) (await load())(program, tools);
  return program;
}

const MORE = `
Each command explains itself: clickback orders --help
Commands speak to the running collector at CLICKBACK_URL (default
http://127.0.0.1:8787) with ADMIN_TOKEN, else with the token in data/keys.txt.
Exit codes: 0 done, 1 failed, 2 wrong usage.`;

function told(error: unknown, { err }: Terminal): number {
  if (error instanceof CommanderError) {
    const isHelpAskedFor = error.exitCode === 0;
    return isHelpAskedFor ? DONE : WRONG_USAGE;
  }
  if (error instanceof Misconfigured) {
    err.write(
      `This must be put right first:\n${error.problems.map((each) => wrapped(`- ${each}`, '  ')).join('\n')}\n`,
    );
    return FAILED;
  }
  if (error instanceof Failed) {
    err.write(
      `${error.message
        .split('\n')
        .map((line) => wrapped(line))
        .join('\n')}\n`,
    );
    return FAILED;
  }
  err.write(`This is our own mistake: ${error instanceof Error ? error.stack : String(error)}\n`);
  return FAILED;
}
