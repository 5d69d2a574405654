import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { explained } from './explained.ts';
import { Failed } from './failed.ts';
import type { Tools } from './tools.ts';

/** The stand-ins are in the repository and in no package that is installed. */
const DEMO = join(import.meta.dirname, '../../../sandbox/src/demo.ts');

export function defineDemo(program: Command, { terminal }: Tools): void {
  explained(program.command('demo'), {
    summary: 'watch one click become one postback, with a stand-in Binom',
    about:
      'Starts a collector, a demo shop and a stand-in Binom on this machine, sends one shopper through and tells what ' +
      'happens. It stays up until Ctrl-C, so that you can be the next shopper. Nothing of it is kept.',
    examples: [
      ['clickback demo', 'tell the story and stay up'],
      ['clickback demo --once', 'end after the story; exit code 0 if the conversion arrived'],
    ],
  })
    .option('--once', 'end after the run')
    .action(async ({ once: isOnce }: { once?: true }) => {
      if (!existsSync(DEMO)) {
        throw new Failed(
          'The demo is only in a clone of the repository: its shop and its Binom are not part of this package.\n' +
            'git clone the repository, then: npm ci && npm run demo',
        );
      }
      // A Ctrl-C in a terminal reaches the child by itself; we only wait for it.
      const stop = terminal.onSignal((signal) => {
        if (signal === 'SIGTERM') child.kill('SIGTERM');
      });
      const child = spawn(terminal.node, [DEMO, ...(isOnce ? ['--once'] : [])], { stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number | null];
      stop();
      terminal.exit(code ?? 1);
    });
}
