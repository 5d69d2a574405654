import type { Command } from 'commander';
import { readAllowHosts } from '../config/addresses.ts';
import { Expected } from '../config/variable.ts';
import { OFFER_CHECKLIST } from './connect/connection-words.ts';
import { look, type Finding } from './doctor/finding.ts';
import { lookAtBinom } from './doctor/look-at-binom.ts';
import { lookAtCollector } from './doctor/look-at-collector.ts';
import { lookAtConnection } from './doctor/look-at-connection.ts';
import { lookAtMachine } from './doctor/look-at-machine.ts';
import { lookAtPublicUrl } from './doctor/look-at-public-url.ts';
import { explained, withJson } from './explained.ts';
import { Failed } from './failed.ts';
import { wrapped } from './layout.ts';
import type { Paint } from './paint.ts';
import type { ConnectionRow } from './rows.ts';
import type { Tools } from './tools.ts';

export function defineDoctor(program: Command, tools: Tools): void {
  const doctor = explained(program.command('doctor'), {
    summary: 'look for whatever keeps orders from reaching Binom',
    about:
      'Looks at this machine, at the running collector, at the address browsers use and at each Binom, and says what is ' +
      'fine (✓), worth a look (!) or broken (✗), each with its cure. It changes nothing and sends no postback. Run it ' +
      'where the collector runs, with the same environment.',
    examples: [
      ['clickback doctor', 'look at everything; exit code 1 if something is broken'],
      ['clickback doctor --json', 'for a monitor'],
    ],
  });
  withJson(doctor).action(async (options: { json?: true }) => {
    const findings = await examine(tools);
    tools.answer(options, { findings }, () => report(findings, tools.paint));
    const count = findings.filter(({ mark }) => mark === 'broken').length;
    if (count > 0) throw new Failed(`${count} broken.`);
  });
}

async function examine({ terminal, client }: Tools): Promise<Finding[]> {
  const [machine, publicUrl, collector] = await Promise.all([
    lookAtMachine(terminal),
    lookAtPublicUrl(terminal.env),
    lookAtCollector(client, terminal.env),
  ]);
  const allowed = readAllowHosts(terminal.env['TRACKER_ALLOW_HOSTS'] ?? '');
  const allowHosts = allowed instanceof Expected ? [] : allowed;
  const shops = await Promise.all(
    (collector.shops ?? []).map((shop) => lookAtShop(client, { shop, allowHosts })),
  );
  return [...machine, ...collector.findings, ...publicUrl, ...shops.flat()];
}

async function lookAtShop(
  client: Tools['client'],
  { shop, allowHosts }: { shop: string; allowHosts: readonly string[] },
): Promise<Finding[]> {
  try {
    const path = `/v1/shops/${encodeURIComponent(shop)}/trackers/binom`;
    const { body } = await client.call<ConnectionRow>('GET', path);
    return [...lookAtConnection(shop, body), ...(await lookAtBinom(body, allowHosts))];
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    const cure = `clickback connect binom --shop ${shop} --domain <any click URL of your Binom>`;
    return [look(`Shop ${shop} is not connected to a Binom`, cure)];
  }
}

function report(findings: readonly Finding[], paint: Paint): string {
  const marks = { fine: paint.good('✓'), look: paint.warn('!'), broken: paint.bad('✗') };
  const lines = findings.map((finding) => {
    const what = wrapped(`${marks[finding.mark]} ${finding.what}`, '  ');
    return finding.mark === 'fine' ? what : `${what}\n${wrapped(`  → ${finding.cure}`, '    ')}`;
  });
  return [...lines, '', `What only you can see. ${OFFER_CHECKLIST}`].join('\n');
}
