import type { Shop } from '../../core/shop.ts';

/** A shop and its settings, as the API shows and takes them. */
export function showShop({ shop, settings }: Shop) {
  return {
    shop,
    name: settings.name,
    origins: settings.origins,
    carry_hosts: settings.carryHosts,
    params: settings.names.params,
    cookies: settings.names.cookies,
    window_days: settings.windowDays,
    prefer: settings.prefer,
    test_orders: settings.testOrders,
    join_by_order_id: settings.joinByOrderId,
  };
}
