/** What pages and till of one demo shop go by. */
export interface ShopSettings {
  /** The shop's name at the collector. */
  readonly shop: string;
  readonly price: string;
  readonly currency: string;
  /** Where the shop's server reaches the collector, without a trailing slash. */
  readonly collectorUrl: string;
  /** Where browsers reach it. */
  readonly collectorPublicUrl: string;
  readonly apiKey: string;
  /** Hosts that also get the click id: the snippet's `data-carry`. */
  readonly carry: readonly string[];
  /** Where the checkout lives; empty for the shop's own host. */
  readonly checkoutOrigin: string;
  /** Milliseconds before each try to reach the collector. */
  readonly retryWaits: readonly number[];
  readonly log: (line: string) => void;
}
