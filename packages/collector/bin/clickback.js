#!/usr/bin/env node
// Starts the command on Node 24: `npx clickback` may itself be started by an older Node, which cannot run TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST_NODE = 24;
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

const node = recentNode();
if (node) run(node);
else {
  console.error(
    `clickback needs Node ${LEAST_NODE} or newer; this is ${process.version}, and no Node came with the packages.\n` +
      'Run `npm ci` (optional dependencies included), or install Node 24: https://nodejs.org/',
  );
  process.exitCode = 1;
}

/** This Node if it is recent enough, else the one that npm installed for this platform. */
function recentNode() {
  if (Number.parseInt(process.versions.node) >= LEAST_NODE) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const found = createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`);
    const file = join(dirname(found), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function run(node) {
  const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal, child));
  child.on('error', (error) => {
    console.error(`clickback could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** A terminal sends Ctrl-C to parent and child alike; passed on, it would arrive twice and mean "at once". */
function pass(signal, child) {
  const fromTerminal = process.stdin.isTTY && signal !== 'SIGTERM';
  if (!fromTerminal) child.kill(signal);
}
