// Claims: the snippet stays small, an idle collector fits a small server, and it is ready at once. Each is a size or a
// time of the thing itself, without load.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { startCollector } from '../support/collector-process.ts';
import type { Context, Figure, Section } from '../support/figure.ts';
import { freePort } from '../support/free-port.ts';
import { median, rounded } from '../support/statistics.ts';

const SNIPPET = join(import.meta.dirname, '../../../snippet/dist/c.js');

export const footprint: Section = {
  name: 'footprint',
  about: 'bytes of the snippet, resident memory when idle, time until ready',
  run: async (context) => [snippetBytes(), ...(await collectorFigures(context))],
};

function snippetBytes(): Figure {
  if (!existsSync(SNIPPET)) throw new Error('the snippet is not built: npm run build');
  const script = readFileSync(SNIPPET);
  const options = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: script.length },
  };
  const value = brotliCompressSync(script, options).length;
  return {
    name: 'snippet, brotli 11',
    value,
    unit: 'bytes',
    target: { atMost: 2000 },
    raw: { plain: script.length },
  };
}

async function collectorFigures({ folder, quick, say }: Context): Promise<Figure[]> {
  const starts = quick ? 3 : 9;
  const settle = quick ? 2000 : 5000;
  const readyMs: number[] = [];
  const memory: number[] = [];
  for (let start = 1; start <= starts; start += 1) {
    const collector = await startCollector({ folder, port: await freePort() });
    readyMs.push(rounded(collector.readyMs));
    if (start <= 3) {
      await wait(settle);
      memory.push(rounded(residentMib(collector.pid)));
    }
    await collector.stop();
  }
  say(`started ${starts} times`);
  // The first start makes the ledger; the later ones find it.
  const raw = { firstStart: readyMs[0], readyMs };
  return [
    {
      name: 'memory when idle',
      value: median(memory),
      unit: 'MiB',
      target: { atMost: 120 },
      raw: { memory },
    },
    { name: 'start until ready', value: median(readyMs), unit: 'ms', target: { atMost: 1000 }, raw },
  ];
}

/** Resident memory of the whole process, its threads included. */
function residentMib(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
