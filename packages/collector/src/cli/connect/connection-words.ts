/** A connection to Binom, told: what was understood, what is sent, and what must be so in Binom itself. */
import { wrapped } from '../layout.ts';
import { dayAndTime } from '../moments.ts';
import type { Paint } from '../paint.ts';
import type { ConnectionRow } from '../rows.ts';

export function connectionWords(row: ConnectionRow, shop: string, paint: Paint): string {
  const { scheme, tracking_domain, click_path } = row;
  return [
    `${paint.bold(`${scheme}://${tracking_domain}${click_path}`)}  is the Binom of shop ${shop}`,
    '',
    line('state', stateWords(row)),
    line('payout', payoutWords(row)),
    line('status', statusWords(row)),
    line('repeats', REPEATS[row.repeats ?? 'unknown']),
    ...(Object.keys(row.extra_params).length > 0 ? [line('extra', pairs(row.extra_params))] : []),
    line('API key', row.api_key_set ? 'kept, sealed' : 'none'),
    ...(row.read_only.length > 0 ? [line('fixed', `${row.read_only.join(', ')}: by the environment`)] : []),
    ...row.notices.map(({ detail }) => wrapped(`! ${detail}`, '  ')),
  ].join('\n');
}

export const OFFER_CHECKLIST = `In Binom, for every offer of this shop:
  [ ] payout is "Auto", else our amount is ignored
  [ ] "Upsell" is alike on all of them: ticked adds, not ticked replaces
  [ ] the offer URL carries clickid={clickid}`;

const REPEATS = {
  adds: 'adds: a second order on a click is sent as its own amount',
  replaces: 'replaces: a second order on a click is sent as the new total',
  unknown:
    'not stated. One click buys for 50, then for 20: does Binom show 70 or 20? Where "Upsell" is ticked in the offer it ' +
    'adds up (--repeats adds), else it keeps the last (--repeats replaces)',
};

function line(name: string, words: string): string {
  return wrapped(`${`  ${name}`.padEnd(12)}${words}`, ' '.repeat(12));
}

function stateWords({ enabled, health }: ConnectionRow): string {
  if (!enabled) return 'held: nothing is sent until --enable';
  if (health.state === 'paused') {
    return `paused ${dayAndTime(health.paused_at)}: ${health.pause_reason ?? ''}. Mend it, then --resume`;
  }
  if (health.state === 'failing') {
    return `does not answer (${health.failures} times in a row); next try ${dayAndTime(health.next_probe_at)}`;
  }
  return 'open';
}

function payoutWords({ fixed_payout, fixed_payout_currency, payout_percent }: ConnectionRow): string {
  if (fixed_payout !== null)
    return `always ${fixed_payout} ${fixed_payout_currency ?? "in the order's currency"}`;
  return payout_percent === null
    ? 'the amount of the order'
    : `${payout_percent} % of the amount of the order`;
}

function statusWords({ conversion_type, statuses }: ConnectionRow): string {
  const others = Object.entries(statuses).filter(([, text]) => text !== null);
  const said = others.map(([what, text]) => `, "${text ?? ''}" for ${what}`).join('');
  const rest = others.length === Object.keys(statuses).length ? '' : '; other news is not sent';
  return `"${conversion_type}" for a sale${said}${rest}`;
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
