/** Shops, made and changed by an operator. */
import { Rejected } from '../core/errors.ts';
import type { Clock, Ledger } from '../core/ports.ts';
import { DEFAULT_SHOP_SETTINGS, type Shop, type ShopSettings } from '../core/shop.ts';
import type { Directory } from './directory.ts';
import { type LockedFields, refuseLocked } from './locked-fields.ts';
import { type Given, stated } from './stated.ts';

export interface EditShopsNeeds {
  readonly ledger: Pick<Ledger, 'saveShop'>;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly locked: LockedFields;
}

export interface ShopAsk {
  readonly shop: string;
  readonly given: Given<ShopSettings>;
  readonly actor: string;
}

export interface EditShops {
  create(ask: ShopAsk): Promise<Shop>;
  /** Changes what is given and leaves the rest. */
  change(ask: ShopAsk): Promise<Shop>;
}

export function editShops({ ledger, directory, clock, locked }: EditShopsNeeds): EditShops {
  const save = async (shop: Shop, actor: string): Promise<Shop> => {
    await ledger.saveShop(shop, { actor, now: clock.now() });
    await directory.refresh();
    return shop;
  };
  return {
    async create({ shop, given, actor }) {
      // Another collector may have made it a moment ago.
      await directory.refresh();
      if (directory.has(shop)) {
        throw new Rejected('conflict', `there is a shop ${JSON.stringify(shop)} already`, 'shop');
      }
      const settings = { ...DEFAULT_SHOP_SETTINGS, name: shop, ...stated(given) };
      return save({ shop, settings }, actor);
    },
    async change({ shop, given, actor }) {
      await directory.refresh();
      const { settings } = directory.shop(shop);
      const changed = { ...settings, ...stated(given) };
      refuseLocked(locked.shop(shop), settings, changed);
      return save({ shop, settings: changed }, actor);
    },
  };
}
