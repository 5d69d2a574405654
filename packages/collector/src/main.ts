// The collector's process: environment in, listen, drain on SIGTERM. The same as `clickback serve`, for whoever starts a
// process and not a command.
import { keepCompiled } from './cli/keep-compiled.ts';

keepCompiled(process.env);
const { runCommand } = await import('./cli/run-command.ts');
const { terminalOf } = await import('./cli/terminal.ts');

process.exitCode = await runCommand(['serve'], terminalOf(process));
