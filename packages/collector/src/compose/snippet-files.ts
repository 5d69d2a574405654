import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Misconfigured } from '../core/errors.ts';
import type { SnippetFiles } from '../http/snippet.ts';

/** The built snippet, under the hash that a page may pin. */
export async function snippetFiles(): Promise<SnippetFiles> {
  const file = fileURLToPath(import.meta.resolve('@clickback/snippet/c.js'));
  const bytes = await readFile(file).catch(() => {
    throw new Misconfigured([`The snippet is not built: ${file} is missing. Run: npm run build`]);
  });
  const current = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { current, byHash: new Map([[current, new Uint8Array(bytes)]]) };
}
