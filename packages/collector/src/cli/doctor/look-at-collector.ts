/** The running collector: whether it answers, takes our token, can store, and what waits in it. */
import type { CollectorClient } from '../collector-client.ts';
import { Failed } from '../failed.ts';
import { spanWords } from '../moments.ts';
import type { Terminal } from '../terminal.ts';
import { broken, fine, type Finding, look } from './finding.ts';
import { readMetrics, type Figures } from './read-metrics.ts';

const LONG_WAIT = 10 * 60_000;

/** The shops it serves; null when there is nobody to ask. */
export async function lookAtCollector(
  client: CollectorClient,
  env: Terminal['env'],
): Promise<{ findings: Finding[]; shops: readonly string[] | null }> {
  const [health, ready] = await Promise.all([client.status('/healthz'), client.status('/readyz')]);
  if (health !== 200) {
    const what = health === null ? 'answers' : `is a collector (${health})`;
    const cure = 'Start it with: npx clickback serve; or set CLICKBACK_URL to its address';
    return { findings: [broken(`Nobody ${what} at ${client.url}`, cure)], shops: null };
  }
  const findings = [
    ready === 200
      ? fine(`The collector at ${client.url} can store`)
      : broken(`The collector at ${client.url} cannot store`, 'Look at its log and at the disk'),
  ];
  try {
    const { body } = await client.call<{ shops: readonly { shop: string }[] }>('GET', '/v1/shops');
    const figures = await readMetrics(client.url, env['METRICS_TOKEN']?.trim());
    return { findings: [...findings, ...queue(figures)], shops: body.shops.map(({ shop }) => shop) };
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    return {
      findings: [...findings, broken(error.message, 'Set ADMIN_TOKEN to the one it was started with')],
      shops: null,
    };
  }
}

function queue(figures: Figures | null): Finding[] {
  if (figures === null) {
    return [look('Its figures are closed to us', 'Run the doctor on its machine, or set METRICS_TOKEN')];
  }
  const waiting = figures.oldestWaitingMs;
  const oldest =
    waiting < LONG_WAIT
      ? fine(waiting === 0 ? 'Nothing waits' : `The oldest postback waits ${spanWords(waiting)}`)
      : look(`The oldest postback waits ${spanWords(waiting)}`, 'clickback postbacks --state due shows why');
  const unclear = figures.postbacks['uncertain'] ?? 0;
  return [
    oldest,
    ...(unclear === 0
      ? []
      : [
          look(
            `${unclear} postbacks got no answer`,
            'Look into Binom, then decide: clickback postbacks --state uncertain',
          ),
        ]),
    ...Object.entries(figures.badClickIds).map(([reason, count]) =>
      look(
        `${count} visits since its start came with an unusable click id (${reason})`,
        CURES[reason] ?? CURES['charset'] ?? '',
      ),
    ),
  ];
}

const CURES: Readonly<Record<string, string>> = {
  macro: 'Binom did not replace {clickid}: fix the lander URL of the campaign',
  filler: 'A filler word stands where the click id should: fix the lander URL of the campaign',
  charset: 'Something rewrites the click id on its way: open a campaign link and look at the address',
};
