// Whatever happens, in whatever order: when all has come to rest, Binom shows what the orders are worth.
// `MODEL_RUNS=20000 MODEL_SEED=… npx vitest run packages/collector/test/model.test.ts` tries harder, or the same again.
import { openMemory } from '../src/ledgers/memory.ts';
import { describeModel } from './model/describe-model.ts';

const { MODEL_RUNS = '300', MODEL_SEED } = process.env;

describeModel('memory', async () => openMemory({ secretKey: new Uint8Array(32).fill(7), tracker: 'binom' }), {
  runs: Number(MODEL_RUNS),
  seed: MODEL_SEED === undefined ? undefined : Number(MODEL_SEED),
});
