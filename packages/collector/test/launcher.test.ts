// The launcher stands between npx and the command; here it starts a command that tells what reached it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const OLD_NODE = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clickback-launcher-'));
  cpSync(join(import.meta.dirname, '../bin'), join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the launcher', () => {
  it('passes arguments and standard input on, and ends with the same code', async () => {
    command(`process.stdin.pipe(process.stdout); console.log(process.argv.slice(2)); process.exitCode = 7;`);
    const child = launch(['orders', '--json', 'a b']);
    child.stdin!.end('from outside');

    const [out, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')]);

    expect(out).toContain(`[ 'orders', '--json', 'a b' ]`);
    expect(out).toContain('from outside');
    expect(code).toBe(7);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'passes %s on and waits for the command to drain',
    async (signal) => {
      command(`
      const waiting = setInterval(() => {}, 1000);
      process.once('${signal}', () => { console.log('drained'); clearInterval(waiting); process.exitCode = 3; });
      console.log('ready');`);
      const child = launch([]);
      await once(child.stdout!, 'data');
      child.kill(signal);

      const [out, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')]);

      expect(out).toContain('drained');
      expect(code).toBe(3);
    },
  );

  it('started by an older Node, starts the one that came with the packages', async () => {
    const node = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);
    mkdirSync(join(node, 'bin'), { recursive: true });
    writeFileSync(join(node, 'package.json'), '{}');
    writeFileSync(join(node, 'bin/node'), '#!/bin/sh\necho "started $(basename "$1") $2"\n', { mode: 0o755 });
    const child = launch(['doctor'], ['--import', OLD_NODE]);

    expect(await text(child.stdout!)).toBe('started cli.ts doctor\n');
  });

  it('says what is missing where no recent Node is found', async () => {
    const child = launch([], ['--import', OLD_NODE]);

    const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);

    expect(said).toContain('clickback needs Node 24 or newer');
    expect(code).toBe(1);
  });
});

function command(source: string): void {
  writeFileSync(join(folder, 'src/cli.ts'), source);
}

function launch(args: string[], nodeArgs: string[] = []): ChildProcess {
  return spawn(process.execPath, [...nodeArgs, join(folder, 'bin/clickback.js'), ...args]);
}
