/** Shops and keys in memory: what every request asks for. Read again after each change. */
import { Rejected } from '../core/errors.ts';
import type { ApiKey, Directory as Listed, Ledger } from '../core/ports.ts';
import type { Shop } from '../core/shop.ts';

export class Directory {
  readonly #ledger: Pick<Ledger, 'directory'>;
  #shops = new Map<string, Shop>();
  #keys = new Map<string, ApiKey>();

  constructor(ledger: Pick<Ledger, 'directory'>) {
    this.#ledger = ledger;
  }

  async refresh(): Promise<void> {
    const { shops, keys }: Listed = await this.#ledger.directory();
    this.#shops = new Map(shops.map((shop) => [shop.shop, shop]));
    this.#keys = new Map(keys.map((key) => [`${key.shop}\n${key.hash}`, key]));
  }

  shops(): readonly Shop[] {
    return [...this.#shops.values()];
  }

  has(shop: string): boolean {
    return this.#shops.has(shop);
  }

  /** The shop, or a 404 that names the field. */
  shop(shop: string): Shop {
    const found = this.#shops.get(shop);
    if (found === undefined)
      throw new Rejected('not-found', `there is no shop ${JSON.stringify(shop)}`, 'shop');
    return found;
  }

  keys(shop: string): readonly ApiKey[] {
    return [...this.#keys.values()].filter((key) => key.shop === shop);
  }

  /** Whether a key with this digest opens this shop. Digests are compared, so the time taken tells nothing of a key. */
  opens(shop: string, hash: string): boolean {
    return this.#keys.has(`${shop}\n${hash}`);
  }
}
