/** Binom's server as it looks from this machine: its name, its certificate, its click path, and its clock beside ours. */
import { lookup } from 'node:dns/promises';
import { refusalToCall } from '../../compose/refusal-to-call.ts';
import type { ConnectionRow } from '../rows.ts';
import { certificateDays } from './certificate-days.ts';
import { errorWords } from '../error-words.ts';
import { broken, fine, type Finding, look } from './finding.ts';

const LONGEST_ANSWER = 10_000;
const FEW_DAYS = 14;
const CLOCKS_DIFFER = 60_000;

/** Nobody is called whom the collector would not call; `allowHosts` is its TRACKER_ALLOW_HOSTS. */
export async function lookAtBinom(
  { scheme, tracking_domain, click_path }: ConnectionRow,
  allowHosts: readonly string[],
): Promise<Finding[]> {
  const url = new URL(`${scheme}://${tracking_domain}${click_path}`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let addresses: readonly string[];
  try {
    addresses = (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    const cure = 'Look for a typo, and at the DNS of the domain: clickback connect binom --domain …';
    return [broken(`${host}: ${errorWords(error)}`, cure)];
  }
  const refusal = refusalToCall(url, addresses, allowHosts);
  if (refusal !== null) {
    return [
      broken(
        `The collector does not call ${url.host}: ${refusal}`,
        `If that is meant, start the collector with TRACKER_ALLOW_HOSTS=${url.host} (and the doctor too), else: ` +
          'clickback connect binom --domain …',
      ),
    ];
  }
  return [...(await certificate(url)), ...(await path(url))];
}

async function certificate(url: URL): Promise<Finding[]> {
  if (url.protocol !== 'https:') return [];
  try {
    const days = await certificateDays(url);
    const what = `The certificate of ${url.host} holds for ${days} days`;
    return [days < FEW_DAYS ? look(what, 'Renew it, or see why it does not renew itself') : fine(what)];
  } catch (error) {
    return [broken(`${url.host}: ${errorWords(error)}`, 'Mend the certificate on the server of Binom')];
  }
}

/** A call without a click: nothing is counted, whatever the answer. */
async function path(url: URL): Promise<Finding[]> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': 'Clickback' },
      signal: AbortSignal.timeout(LONGEST_ANSWER),
    });
    await response.body?.cancel();
    return [answer(url, response), ...clocks(url, response.headers.get('date'))];
  } catch (error) {
    return [
      broken(
        `${url.origin} does not answer: ${errorWords(error)}`,
        'See whether that server runs, and its firewall',
      ),
    ];
  }
}

function answer(url: URL, { status, headers }: Response): Finding {
  const what = `${url.origin}${url.pathname} answers ${status} to a call without a click`;
  if (status >= 300 && status < 400) {
    const target = URL.parse(headers.get('location') ?? '', url.href)?.origin ?? 'elsewhere';
    return broken(
      `${what}, and sends us to ${target}`,
      'Use the exact host, with or without www: postbacks are not redirected',
    );
  }
  if (status === 401 || status === 403)
    return broken(what, 'Let this machine through: a firewall or a bot filter stands in front');
  if (status >= 500) return broken(what, 'See the log of that server');
  return fine(what);
}

function clocks(url: URL, date: string | null): Finding[] {
  const off = Math.abs(Date.parse(date ?? '') - Date.now());
  if (Number.isNaN(off)) return [];
  if (off < CLOCKS_DIFFER) return [fine('Our clock and that of Binom agree')];
  const what = `Our clock and that of ${url.host} differ by ${Math.round(off / 1000)} s`;
  return [look(what, 'Let both machines set their clock by NTP: timedatectl set-ntp true')];
}
