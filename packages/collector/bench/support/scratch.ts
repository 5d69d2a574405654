// Where a run keeps its files: on a real disk, because a commit on a memory file system costs nothing and shows nothing.
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** statfs(2) */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0x01_02_19_94: 'tmpfs',
  0x85_84_58_f6: 'ramfs',
  0x79_4c_76_30: 'overlayfs',
  0xef_53: 'ext4',
  0x58_46_53_42: 'xfs',
  0x91_23_68_3e: 'btrfs',
  0x2f_c1_2f_c1: 'zfs',
};
const IN_MEMORY = ['tmpfs', 'ramfs'];
const INSIDE_THE_CLONE = join(import.meta.dirname, '../../../../node_modules/.cache/clickback-runs');

export interface Scratch {
  readonly folder: string;
  readonly fileSystem: string;
  readonly remove: () => void;
}

export function makeScratch(name: string): Scratch {
  const place = IN_MEMORY.includes(fileSystemOf(tmpdir())) ? INSIDE_THE_CLONE : tmpdir();
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, `clickback-${name}-`));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', remove);
  return { folder, fileSystem: fileSystemOf(folder), remove };
}

function fileSystemOf(folder: string): string {
  const { type } = statfsSync(folder);
  return FILE_SYSTEMS[type] ?? `type 0x${type.toString(16)}`;
}
