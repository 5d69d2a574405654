// The collector's process: environment in, listen, drain on SIGTERM. The same as `clickback serve`, for whoever starts a
// process and not a command.
import { runCommand } from './cli/run-command.ts';
import { terminalOf } from './cli/terminal.ts';

process.exitCode = await runCommand(['serve'], terminalOf(process));
