import type { Command } from 'commander';

export interface Explanation {
  /** Its line in the list of commands. */
  readonly summary: string;
  /** What it does, and what a person should know first. */
  readonly about: string;
  /** Command lines, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** What stands below, as it is. */
  readonly more?: string;
}

/** Gives a command its page of the manual. */
export function explained(command: Command, { summary, about, examples, more }: Explanation): Command {
  const lines = examples.map(([line, does]) => `  # ${does}\n  $ ${line}`);
  const below = [`\nExamples:\n${lines.join('\n')}`, ...(more === undefined ? [] : [`\n${more}`])];
  return command
    .helpCommand(false)
    .summary(summary)
    .description(about)
    .addHelpText('after', below.join('\n'));
}

/** For programs that read what it says. */
export function withJson(command: Command): Command {
  return command.option('--json', 'write JSON for programs instead of text for people');
}

/** What commands about one shop are told. */
export interface Shared {
  readonly shop: string;
  readonly json?: true;
}

export function withShop(command: Command): Command {
  return command.option('--shop <shop>', 'which shop', 'main');
}

export interface Paged extends Shared {
  readonly limit: string;
  readonly cursor?: string;
}

/** For lists. */
export function withPages(command: Command): Command {
  return command
    .option('--limit <number>', 'how many at most', '20')
    .option('--cursor <cursor>', 'go on where a list ended');
}
