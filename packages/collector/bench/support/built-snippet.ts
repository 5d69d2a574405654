import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../..');

/** The collector serves the built snippet and does not start without it: builds it where it is missing or old. */
export function buildSnippetIfStale(): void {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build-if-stale.ts')], { cwd: ROOT, stdio: 'inherit' });
}
