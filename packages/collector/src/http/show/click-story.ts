/** One click explained: the beacons that told of it, its orders, its postbacks. */
import type { Click } from '../../core/click.ts';
import type { ClickStory } from '../../core/stories.ts';
import { isoOf } from './iso-of.ts';
import { showOrder } from './order.ts';
import { showPostbackStory } from './postback.ts';

export function showClickStory({ clickId, beacons, orders, postbacks }: ClickStory) {
  const visitors = beacons.map((each) => each.visitorId).filter((each) => each !== null);
  return {
    click_id: clickId,
    visitor_ids: [...new Set(visitors)],
    beacons: beacons.map(showBeacon),
    orders: orders.map(showOrder),
    postbacks: postbacks.map(showPostbackStory),
  };
}

function showBeacon(beacon: Click) {
  return {
    beacon_id: beacon.beaconId,
    via: beacon.via,
    visitor_id: beacon.visitorId,
    join_key: beacon.joinKey,
    url: beacon.url,
    ref: beacon.ref,
    clicked_at: isoOf(beacon.clickedAt),
    received_at: isoOf(beacon.receivedAt),
  };
}
