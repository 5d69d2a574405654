/** A shop and its settings. */
import { CLICK_ID_COOKIES, CLICK_ID_PARAMS } from '@clickback/protocol';
import type { ClickIdNames } from './click.ts';

export interface ShopSettings {
  readonly name: string;
  /** Origins whose pages may send beacons; empty means any. Keeps out honest browsers, authenticates nobody. */
  readonly origins: readonly string[];
  /** Hosts that also get the click id, as in `data-carry`. */
  readonly carryHosts: readonly string[];
  readonly names: ClickIdNames;
  /** How old a beaconed click may be when the order is placed, in days. */
  readonly windowDays: number;
  /** Which of several clicks of one visitor wins. */
  readonly prefer: 'last' | 'first';
  readonly testOrders: 'skip' | 'send';
  /** Whether a plain order number joins an order to a beacon. Strangers can guess those. */
  readonly joinByOrderId: boolean;
}

export interface Shop {
  readonly shop: string;
  readonly settings: ShopSettings;
}

/** The settings of a shop nobody has configured yet. */
export const DEFAULT_SHOP_SETTINGS: ShopSettings = {
  name: '',
  origins: [],
  carryHosts: [],
  names: { params: CLICK_ID_PARAMS, cookies: CLICK_ID_COOKIES },
  windowDays: 30,
  prefer: 'last',
  testOrders: 'skip',
  joinByOrderId: false,
};
