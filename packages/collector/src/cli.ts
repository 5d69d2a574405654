// The `clickback` command: `clickback --help` tells what it can do.
import { keepCompiled } from './cli/keep-compiled.ts';

keepCompiled(process.env);
const { runCommand } = await import('./cli/run-command.ts');
const { terminalOf } = await import('./cli/terminal.ts');

process.exitCode = await runCommand(process.argv.slice(2), terminalOf(process));
