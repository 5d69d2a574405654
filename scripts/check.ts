// Everything that must hold before a change goes in, quickest first. Stops at the first step that fails.
import { spawnSync } from 'node:child_process';

const LEAST_NODE = 24;
// The build comes before the tests: the collector serves the built snippet, and tests read it.
const STEPS = {
  'format:check': 'files are laid out by Prettier',
  lint: 'house rules',
  types: 'every program compiles, what decides without Node and DOM',
  walls: 'who may import whom',
  dead: 'no file, export or dependency without a use',
  build: 'the snippet',
  size: 'the snippet within its limit',
  test: 'tests',
};

const started = Date.now();
console.log(`check: Node ${process.version} at ${process.execPath}`);
if (Number.parseInt(process.versions.node) < LEAST_NODE) {
  fail(`Node ${LEAST_NODE} or newer is needed; see .nvmrc.`);
}
for (const [script, meaning] of Object.entries(STEPS)) {
  console.log(`\n── ${script}: ${meaning}`);
  const { status } = spawnSync(`npm run --silent ${script}`, { shell: true, stdio: 'inherit' });
  if (status !== 0) fail(`${script} failed; the steps after it did not run.`);
}
console.log(`\ncheck: all ${Object.keys(STEPS).length} steps passed in ${seconds(started)} s`);

function fail(reason: string): never {
  console.error(`\ncheck: ${reason}`);
  process.exit(1);
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}
