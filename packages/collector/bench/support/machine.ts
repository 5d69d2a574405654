// What a figure was measured on. A figure without its machine says nothing.
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { percentile, rounded } from './statistics.ts';
import type { Scratch } from './scratch.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly node: string;
  readonly os: string;
  readonly fileSystem: string;
  /** What 4 KiB written and synced take, in ms. */
  readonly sync: { readonly p50: number; readonly p99: number };
  /** How much of all cores others used just before, in percent. */
  readonly busyBefore: number;
}

export async function describeMachine({ folder, fileSystem }: Scratch): Promise<Machine> {
  const busyBefore = await busyPercent();
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    os: `${type()} ${release()} ${process.arch}`,
    fileSystem,
    sync: syncLatency(join(folder, 'sync-probe')),
    busyBefore,
  };
}

export function wordsOfMachine(machine: Machine): string[] {
  const { p50, p99 } = machine.sync;
  const busy = machine.busyBefore > IDLE_PERCENT ? [NOT_IDLE(machine.busyBefore)] : [];
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, ${machine.os}, Node ${machine.node}`,
    `disk: ${machine.fileSystem}; 4 KiB written and synced take ${p50} ms (median), ${p99} ms (99 %)`,
    ...busy,
  ];
}

const IDLE_PERCENT = 10;
const NOT_IDLE = (percent: number) =>
  `NOT IDLE: others use ${percent} % of this machine, and every figure suffers; measure again when they are done`;
const WATCH_FOR = 2000;

async function busyPercent(): Promise<number> {
  const before = spentTimes();
  await wait(WATCH_FOR);
  const after = spentTimes();
  return Math.round(100 - (100 * (after.idle - before.idle)) / (after.all - before.all));
}

function spentTimes() {
  const times = cpus().map((core) => core.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: times.reduce((sum, core) => sum + core.user + core.nice + core.sys + core.idle + core.irq, 0),
  };
}

const PROBES = 300;

function syncLatency(file: string): Machine['sync'] {
  const page = Buffer.alloc(4096, 1);
  const handle = openSync(file, 'w');
  const taken: number[] = [];
  for (let probe = 0; probe < PROBES; probe += 1) {
    const before = performance.now();
    writeSync(handle, page);
    fdatasyncSync(handle);
    taken.push(performance.now() - before);
  }
  closeSync(handle);
  rmSync(file);
  return { p50: rounded(percentile(taken, 50)), p99: rounded(percentile(taken, 99)) };
}
