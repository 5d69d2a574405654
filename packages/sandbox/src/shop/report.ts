import type { OrderAnswer } from './order-answer.ts';

/** How telling the collector about an order ended. */
export type Ending =
  | { readonly state: 'stored'; readonly answer: OrderAnswer }
  /** It answered, and telling it the same again would not help. */
  | { readonly state: 'refused'; readonly detail: string }
  /** It was not reached, or asked for another time. */
  | { readonly state: 'unreached'; readonly detail: string };

export type Report = Ending & { readonly tries: number };
