/** The machine: Node, the folder the collector keeps everything in, and who can read its keys. */
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolderOf } from '../admin-token.ts';
import type { Terminal } from '../terminal.ts';
import { broken, fine, type Finding, look } from './finding.ts';

const LEAST_NODE = 24;
const LEAST_FREE = 200e6;
const LITTLE_FREE = 1e9;

export async function lookAtMachine({ env, nodeVersion }: Terminal): Promise<Finding[]> {
  const folder = dataFolderOf(env);
  const keys = ['keys.txt', 'secret.key'].map((name) => keyFile(join(folder, name)));
  const found = await Promise.all([disk(folder), ...keys]);
  return [node(nodeVersion), ...found.filter((each) => each !== null)];
}

function node(version: string): Finding {
  return Number.parseInt(version) >= LEAST_NODE
    ? fine(`Node ${version}`)
    : broken(`Node ${version} is too old`, `Install Node ${LEAST_NODE} or newer: https://nodejs.org/`);
}

async function disk(folder: string): Promise<Finding> {
  const about = await statfs(folder).catch(() => null);
  if (about === null) {
    return look(
      `There is no folder ${folder} here`,
      'Run the doctor where the collector runs, or set LEDGER_URL as it has it',
    );
  }
  const free = about.bavail * about.bsize;
  const words = `${(free / 1e9).toFixed(1)} GB free for ${folder}`;
  if (free < LEAST_FREE)
    return broken(words, 'Make room: on a full disk nothing can be stored, and shops get 503');
  return free < LITTLE_FREE ? look(words, 'Make room soon') : fine(words);
}

/** Null where there is none: its key stands in the environment, or nothing was started yet. */
async function keyFile(file: string): Promise<Finding | null> {
  const about = await stat(file).catch(() => null);
  if (about === null) return null;
  const others = about.mode & 0o077;
  return others === 0
    ? fine(`${file} can be read by its owner only`)
    : broken(`${file} can be read by others`, `chmod 600 ${file}`);
}
