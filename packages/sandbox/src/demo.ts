// `npm run demo`: a collector, a shop and a stand-in Binom on this machine, and one shopper who clicks an ad and buys.
import { setTimeout as wait } from 'node:timers/promises';
import { once } from 'node:events';
import { startHouse, type House } from './demo/start-house.ts';
import { tellStory } from './demo/tell-story.ts';

const isOnce = process.argv.slice(2).includes('--once');
const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);

const house = await startHouse().catch(fail);
const story = tellStory(house, console.log).catch((error: unknown) => [wordsOf(error)]);
const wrong = await Promise.race([story, asked.then(() => ['it was stopped before its end'])]);
if (wrong.length === 0) {
  console.log('\nThe order found its way home to the click that earned it.');
} else {
  console.error(`\nThe demo failed:\n${wrong.map((each) => `- ${each}`).join('\n')}`);
  process.exitCode = 1;
}
if (!isOnce && wrong.length === 0) {
  console.log(whatNext(house));
  await asked;
}
// Whoever asks again does not want to wait.
process.once('SIGINT', () => process.exit(1));
await Promise.race([house.close(), wait(9_000, undefined, { ref: false })]);
process.exit();

function fail(error: unknown): never {
  console.error(`The demo cannot start:\n${wordsOf(error)}`);
  process.exit(1);
}

function whatNext({ collector, binom, shop }: House): string {
  return `
Now be the shopper yourself. Open the campaign link in a browser and buy a mug:
    ${binom.url}/c/demo

    shop       ${shop.url}/
    Binom      ${binom.url}/__sandbox/conversions
    collector  ${collector.url}

To watch it, in another terminal:
    export CLICKBACK_URL=${collector.url}
    export ADMIN_TOKEN=${collector.keys.ADMIN_TOKEN}
    npx clickback watch          (or: orders, postbacks, doctor)

Ctrl-C ends it all. Nothing is kept.`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
