/** What the settings of a shop may be. */
import { z } from 'zod';
import { field, oneOf, optional, visible, whole, yesOrNo } from '../fields.ts';

const MOST_ENTRIES = 100;
const LISTS = 'a list';

/** Read as a person pastes them: of a page's whole address the origin is kept. */
const origins = z
  .array(
    field((value) => originOf(value) !== null, 'an origin such as https://lander.example'),
    LISTS,
  )
  .max(MOST_ENTRIES, `at most ${MOST_ENTRIES}`)
  .transform((given) => [...new Set(given.map((each) => originOf(each) ?? ''))]);

const carryHosts = z
  .array(
    field(
      (value) => /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?(?::\d{1,5})?(?:=[\w.~-]{1,64})?$/i.test(value),
      'a host, or host=parameter',
    ),
    LISTS,
  )
  .max(MOST_ENTRIES, `at most ${MOST_ENTRIES}`);

const names = z
  .array(
    field((value) => /^[\w.~-]{1,64}$/.test(value), 'a name of letters, digits, or . _ ~ -'),
    LISTS,
  )
  .min(1, 'a list of 1 to 16 names')
  .max(16, 'a list of 1 to 16 names');

export const SHOP_FIELDS = {
  name: optional(visible(100)),
  origins: optional(origins),
  carry_hosts: optional(carryHosts),
  params: optional(names),
  cookies: optional(names),
  window_days: optional(whole(1, 365)),
  prefer: optional(oneOf(['last', 'first'])),
  test_orders: optional(oneOf(['skip', 'send'])),
  join_by_order_id: optional(yesOrNo),
};

function originOf(text: string): string | null {
  const url = URL.parse(text.trim());
  return url !== null && /^https?:$/.test(url.protocol) && text.length <= 2048 ? url.origin : null;
}
