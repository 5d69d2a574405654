/** What the settings of a connection may be. A field that is missing has its default: PUT says all of it. */
import { z } from 'zod';
import type { ConnectAsk } from '../../flows/connect-tracker.ts';
import { checked } from '../checked.ts';
import { currency, field, oneOf, optional, passedOver, visible, whole, yesOrNo } from '../fields.ts';

const status = z.preprocess(
  (value) => (value === undefined || value === '' ? null : value),
  visible(64).nullable(),
);

const statuses = z.strictObject(
  { pending: status, refunded: status, cancelled: status, disputed: status, rebill: status },
  'an object of pending, refunded, cancelled, disputed, rebill',
);

const MOST_PARAMS = 30;

const extraParams = z
  .record(
    field((name) => /^\w{1,64}$/.test(name), 'a name'),
    field(
      (value) => value.length <= 255 && !/\p{Cc}/u.test(value) && value.isWellFormed(),
      'text of at most 255 characters',
    ),
    {
      error: ({ code }) =>
        code === 'invalid_key' ? 'named with 1 to 64 letters, digits or _' : 'an object of names and texts',
    },
  )
  .refine((params) => Object.keys(params).length <= MOST_PARAMS, `at most ${MOST_PARAMS}`);

const money = field((value) => /^\d{1,12}(?:\.\d{1,4})?$/.test(value), 'decimal text such as "12.50"');

const percent = field(
  (value) => /^\d{1,4}(?:\.\d{1,6})?$/.test(value) && Number(value) > 0 && Number(value) <= 1000,
  'decimal text above 0 and up to 1000, such as "12.5"',
);

const clickPath = field(
  (value) => /^(?:\/[\w.~-]+)+$/.test(value) && value.length <= 256 && !/\/\.{1,2}(?:\/|$)/.test(value),
  'a path such as /click.php or /click, without a query',
);

const ANSWERED = {
  shop: passedOver,
  tracker: passedOver,
  // It follows from the domain.
  scheme: passedOver,
  api_key_set: passedOver,
  read_only: passedOver,
  health: passedOver,
  notices: passedOver,
  warnings: passedOver,
  clicks_keeping_mode: passedOver,
  shared_with: passedOver,
  skipped_before: passedOver,
};

const SETTINGS = z
  .strictObject({
    ...ANSWERED,
    tracking_domain: optional(field((value) => value.length <= 2048, 'a host, or a click or postback URL')),
    click_path: optional(clickPath),
    conversion_type: optional(visible(64)),
    fixed_payout: optional(money),
    fixed_payout_currency: optional(currency),
    payout_percent: optional(percent),
    repeats: optional(oneOf(['adds', 'replaces'])),
    statuses: optional(statuses),
    extra_params: optional(extraParams),
    enabled: optional(yesOrNo),
    in_flight: optional(whole(1, 256)),
    api_key: visible(512).nullish(),
  })
  .refine((given) => given.fixed_payout === undefined || given.payout_percent === undefined, {
    path: ['payout_percent'],
    message: 'left out where fixed_payout is given',
  })
  .refine((given) => given.fixed_payout_currency === undefined || given.fixed_payout !== undefined, {
    path: ['fixed_payout_currency'],
    message: 'left out where there is no fixed_payout',
  });

export function connectionFields(body: unknown): Pick<ConnectAsk, 'given' | 'apiKey'> {
  const fields = checked(SETTINGS, body);
  return {
    given: {
      trackingDomain: fields.tracking_domain,
      clickPath: fields.click_path,
      conversionType: fields.conversion_type,
      fixedPayout: fields.fixed_payout,
      fixedPayoutCurrency: fields.fixed_payout_currency,
      payoutPercent: fields.payout_percent,
      repeats: fields.repeats,
      statuses: fields.statuses,
      extraParams: fields.extra_params,
      enabled: fields.enabled,
      inFlight: fields.in_flight,
    },
    apiKey: fields.api_key,
  };
}
