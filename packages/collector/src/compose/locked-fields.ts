import type { Config } from '../config.ts';
import type { LockedFields } from '../flows/locked-fields.ts';

/** The shop that the environment speaks of. */
export const ENVIRONMENT_SHOP = 'main';
/** The tracker that the environment speaks of. */
export const ENVIRONMENT_TRACKER = 'binom';

/** Which fields the environment fixes. */
export function lockedBy({ binom, shopOrigins }: Pick<Config, 'binom' | 'shopOrigins'>): LockedFields {
  const shop = shopOrigins === null ? [] : (['origins'] as const);
  const connection = [
    ...(binom.domain === null ? [] : (['trackingDomain', 'scheme'] as const)),
    ...(binom.clickPath === null ? [] : (['clickPath'] as const)),
    ...(binom.conversionType === null ? [] : (['conversionType'] as const)),
    ...(binom.fixedPayout === null ? [] : (['fixedPayout'] as const)),
    ...(binom.repeats === null ? [] : (['repeats'] as const)),
  ];
  return {
    shop: (name) => (name === ENVIRONMENT_SHOP ? shop : []),
    connection: (name, tracker) =>
      name === ENVIRONMENT_SHOP && tracker === ENVIRONMENT_TRACKER ? connection : [],
  };
}

export const nothingLocked: LockedFields = { shop: () => [], connection: () => [] };
