import type { Report } from './report.ts';

/** One order as the demo shop keeps it, until the shop closes. */
export interface ShopOrder {
  readonly orderId: string;
  readonly amount: string;
  readonly currency: string;
  /** What the posted form or the page's query named. */
  readonly clickId: string | undefined;
  /** The address of the checkout page. */
  readonly url: string;
  /** The `Cookie` header that came with the payment. */
  readonly cookies: string | undefined;
  /** ISO 8601 UTC. */
  readonly placedAt: string;
  readonly paidAt: string;
  /** How the latest telling ended; undefined before the first has. */
  report: Report | undefined;
}
