// Stand-ins for the two neighbours of a collector: the tracker it reports to, and a shop that reports to it.
export { addDecimals } from './binom/add-decimals.ts';
export { applyPostback, type Conversion, type Postback } from './binom/apply-postback.ts';
export type { TrafficSourcePostback } from './binom/conversion-book.ts';
export type { Fault } from './binom/fault.ts';
export type { ReceivedRequest } from './binom/request-log.ts';
export { startBinom, type Binom, type BinomOptions } from './binom/start-binom.ts';
export type { OrderAnswer } from './shop/order-answer.ts';
export type { Report } from './shop/report.ts';
export type { ShopOrder } from './shop/shop-order.ts';
export { startShop, type Shop, type ShopOptions } from './shop/start-shop.ts';
