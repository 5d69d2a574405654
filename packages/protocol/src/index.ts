/** What the browser and the collector must agree on. */
export {
  CLICK_ID_COOKIES,
  CLICK_ID_PARAMS,
  usableClickId,
  VISITOR_COOKIE,
  whyUnusable,
  type UnusableReason,
} from './click-id.ts';
export {
  BEACON_MAX_BYTES,
  BEACON_VERSION,
  DEFAULT_SHOP,
  readBeacon,
  SHOP_ID,
  type Beacon,
  type BeaconReading,
} from './beacon.ts';
