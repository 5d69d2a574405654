// The `clickback` command: `clickback --help` tells what it can do. bin/clickback.js starts it.
import { runCommand } from './cli/run-command.ts';
import { terminalOf } from './cli/terminal.ts';

process.exitCode = await runCommand(process.argv.slice(2), terminalOf(process));
