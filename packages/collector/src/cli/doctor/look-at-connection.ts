/** What stands in the settings of a connection, and how Binom has been answering. */
import { dayAndTime } from '../moments.ts';
import type { ConnectionRow } from '../rows.ts';
import { broken, fine, type Finding, look } from './finding.ts';

/** Statuses that the usual status schemes read as a rejection. */
const REJECTS = /^(?:3|trash|reject(?:ed)?|declined?|cancel(?:l?ed)?)$/i;

export function lookAtConnection(shop: string, row: ConnectionRow): Finding[] {
  const name = `Shop ${shop}`;
  return [
    health(name, row),
    row.repeats === null
      ? look(
          `${name}: nobody said whether a second payout adds or replaces`,
          'Look at "Upsell" in your offers, then: clickback connect binom --repeats adds, or replaces',
        )
      : fine(`${name}: a second payout for a click ${row.repeats}`),
    REJECTS.test(row.conversion_type.trim())
      ? look(
          `${name}: sales are sent with status "${row.conversion_type}", which schemes read as rejected`,
          'clickback connect binom --conversion-type 1',
        )
      : fine(`${name}: sales are sent with status "${row.conversion_type}"`),
    ...row.notices.map(({ code, detail }) => look(`${name}: ${detail}`, CURES[code] ?? WHEN_SAVED)),
  ];
}

const WHEN_SAVED = 'This goes away when the connection is saved with other settings';

const CURES: Readonly<Record<string, string>> = {
  'tracker-paused': 'Mend it, then: clickback connect binom --resume',
  'web-page-answer':
    'See whether host and click path are right; this goes away with the next answer that is no web page',
  'currency-not-listed':
    'This goes away when the connection is saved, and comes back with the next such order',
};

function health(name: string, { enabled, health: { state, ...rest } }: ConnectionRow): Finding {
  if (!enabled) return look(`${name}: postbacks are held`, 'clickback connect binom --enable');
  if (state === 'paused') {
    return broken(
      `${name}: paused since ${dayAndTime(rest.paused_at)}: ${rest.pause_reason ?? ''}`,
      'Mend it, then: clickback connect binom --resume',
    );
  }
  if (state === 'failing') {
    return broken(
      `${name}: Binom did not answer ${rest.failures} times in a row`,
      `Nothing is lost; next try ${dayAndTime(rest.next_probe_at)}`,
    );
  }
  return fine(`${name}: connected`);
}
