/**
 * The tables, as numbered migrations in SQL that SQLite and PostgreSQL both read. A migration that was released is
 * never changed; a new one is appended. Times are epoch milliseconds, money is minor units, yes and no are 1 and 0.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,

    `CREATE TABLE shops (shop TEXT PRIMARY KEY, settings TEXT NOT NULL)`,

    `CREATE TABLE api_keys (shop TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, label TEXT NOT NULL,
      created_at BIGINT NOT NULL, PRIMARY KEY (shop, id))`,

    `CREATE TABLE connections (shop TEXT NOT NULL, tracker TEXT NOT NULL, settings TEXT NOT NULL, secret TEXT,
      health TEXT NOT NULL, connected INTEGER NOT NULL, PRIMARY KEY (shop, tracker))`,

    `CREATE TABLE beacons (shop TEXT NOT NULL, beacon_id TEXT NOT NULL, click_id TEXT, via TEXT, visitor_id TEXT,
      join_key TEXT, url TEXT, ref TEXT, clicked_at BIGINT NOT NULL, received_at BIGINT NOT NULL,
      PRIMARY KEY (shop, beacon_id))`,
    // With the time of receipt, so that a summary counts the clicks of a span without reading or sorting the beacons.
    `CREATE INDEX beacons_by_click ON beacons (shop, click_id, clicked_at, received_at) WHERE click_id IS NOT NULL`,
    // With the click, or SQLite groups a visitor's clicks by walking the index by click: every click of the shop.
    `CREATE INDEX beacons_by_visitor ON beacons (shop, visitor_id, click_id, clicked_at) WHERE visitor_id IS NOT NULL`,
    `CREATE INDEX beacons_by_join_key ON beacons (shop, join_key) WHERE join_key IS NOT NULL`,
    `CREATE INDEX beacons_by_time ON beacons (shop, received_at)`,

    `CREATE TABLE bad_click_ids (shop TEXT NOT NULL, page TEXT NOT NULL, reason TEXT NOT NULL, times BIGINT NOT NULL,
      last_at BIGINT NOT NULL, PRIMARY KEY (shop, page, reason))`,

    `CREATE TABLE orders (shop TEXT NOT NULL, order_id TEXT NOT NULL, status TEXT NOT NULL, amount BIGINT NOT NULL,
      refunded BIGINT NOT NULL, currency TEXT NOT NULL, kind TEXT NOT NULL, test INTEGER NOT NULL,
      placed_at BIGINT NOT NULL, placed_by TEXT NOT NULL, changed_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
      ever_paid INTEGER NOT NULL, found TEXT NOT NULL, visitor_ids TEXT NOT NULL, join_keys TEXT NOT NULL,
      customer_id TEXT, subscription_id TEXT, attached TEXT, click_id TEXT, via TEXT, no_click_reason TEXT,
      candidates TEXT NOT NULL, frozen INTEGER NOT NULL, reported INTEGER NOT NULL, PRIMARY KEY (shop, order_id))`,
    // In the order they are read: else SQLite takes the index by time, reads the whole shop and spares the sorting.
    `CREATE INDEX orders_by_click ON orders (shop, click_id, created_at, order_id) WHERE click_id IS NOT NULL`,
    `CREATE INDEX orders_by_time ON orders (shop, created_at, order_id)`,

    `CREATE TABLE order_keys (shop TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, order_id TEXT NOT NULL,
      PRIMARY KEY (shop, kind, value, order_id))`,
    `CREATE INDEX order_keys_by_order ON order_keys (shop, order_id)`,

    `CREATE TABLE order_news (shop TEXT NOT NULL, order_id TEXT NOT NULL, digest TEXT NOT NULL, seq BIGINT NOT NULL,
      received_at BIGINT NOT NULL, effect TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (shop, order_id, digest))`,

    `CREATE TABLE erased_orders (shop TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (shop, digest))`,

    `CREATE TABLE postbacks (shop TEXT NOT NULL, id TEXT NOT NULL, tracker TEXT NOT NULL, click_id TEXT NOT NULL,
      order_id TEXT, purpose TEXT NOT NULL, revision BIGINT NOT NULL, state TEXT NOT NULL, reason TEXT,
      wanted BIGINT NOT NULL, sent BIGINT NOT NULL, wanted_key TEXT NOT NULL, attempts BIGINT NOT NULL,
      may_have_counted INTEGER NOT NULL, report TEXT, due_at BIGINT NOT NULL, not_before BIGINT NOT NULL, token TEXT,
      lease_until BIGINT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, PRIMARY KEY (shop, id))`,
    `CREATE UNIQUE INDEX postbacks_one_in_flight ON postbacks (shop, tracker, click_id) WHERE state = 'sending'`,
    `CREATE UNIQUE INDEX postbacks_one_a_click ON postbacks (shop, tracker, click_id) WHERE order_id IS NULL`,
    `CREATE UNIQUE INDEX postbacks_one_a_revision ON postbacks (shop, tracker, order_id, click_id, purpose, revision)
      WHERE order_id IS NOT NULL`,
    `CREATE INDEX postbacks_due ON postbacks (shop, tracker, due_at) WHERE state = 'due'`,
    `CREATE INDEX postbacks_due_fresh ON postbacks (shop, tracker, due_at) WHERE state = 'due' AND attempts = 0`,
    `CREATE INDEX postbacks_leased ON postbacks (lease_until) WHERE state = 'sending'`,
    `CREATE INDEX postbacks_by_click ON postbacks (shop, click_id, created_at, id)`,
    `CREATE INDEX postbacks_by_order ON postbacks (shop, order_id, created_at, id) WHERE order_id IS NOT NULL`,
    `CREATE INDEX postbacks_by_time ON postbacks (shop, created_at, id)`,
    // Few among many: what an operator looks for. Written with OR, for SQLite does not see that an IN covers one state.
    `CREATE INDEX postbacks_troubled ON postbacks (shop, state, created_at, id)
      WHERE state = 'refused' OR state = 'uncertain' OR state = 'abandoned' OR state = 'skipped'`,

    `CREATE TABLE attempts (shop TEXT NOT NULL, postback_id TEXT NOT NULL, attempt BIGINT NOT NULL,
      started_at BIGINT NOT NULL, report TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, warning TEXT, url TEXT,
      status BIGINT, body TEXT, ms BIGINT, PRIMARY KEY (shop, postback_id, attempt))`,

    `CREATE TABLE reported_clicks (shop TEXT NOT NULL, tracker TEXT NOT NULL, click_id TEXT NOT NULL, repeats TEXT,
      PRIMARY KEY (shop, tracker, click_id))`,

    `CREATE TABLE notices (shop TEXT NOT NULL, code TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL,
      first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, times BIGINT NOT NULL, PRIMARY KEY (shop, code, subject))`,
    `CREATE INDEX notices_by_subject ON notices (shop, subject)`,

    `CREATE TABLE audit (shop TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL,
      action TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (shop, id))`,
  ],
];
