// The collector serves the built snippet, so what starts it builds first, unless nothing has changed.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const built = ['packages/snippet/dist/c.js', 'packages/snippet/dist/c.mjs', 'packages/snippet/dist/c.d.ts'];
const sources = ['packages/snippet/src', 'packages/protocol/src', 'rollup.config.js', 'package-lock.json'];

const oldestBuilt = Math.min(...built.map(changed));
if (sources.flatMap(filesUnder).some((file) => changed(file) > oldestBuilt)) {
  const rollup = join(root, 'node_modules/rollup/dist/bin/rollup');
  const { status } = spawnSync(process.execPath, [rollup, '--config', 'rollup.config.js', '--silent'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

/** When a file last changed; a file that is missing is older than any. */
function changed(file: string): number {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}

function filesUnder(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(path, file));
}
