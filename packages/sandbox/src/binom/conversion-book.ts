// What the stand-in remembers: clicks, one conversion per click, and what it would have told the ad network.
import { applyPostback, type Conversion, type Postback } from './apply-postback.ts';
import { mintClickId } from './mint-click-id.ts';

export interface BookedClick {
  readonly clickId: string;
  readonly campaign: string | null;
  /** Epoch milliseconds. */
  readonly clickedAt: number;
}

/** One outgoing postback to the ad network (the "traffic source"). */
export interface TrafficSourcePostback {
  readonly clickId: string;
  readonly payout: string;
  readonly at: number;
}

export interface BookedConversion {
  readonly row: Conversion;
  readonly click: BookedClick;
  /** The latest postback, in epoch milliseconds. */
  readonly convertedAt: number;
}

export class ConversionBook {
  readonly #upsell: boolean;
  readonly #anyClick: boolean;
  readonly #clicks = new Map<string, BookedClick>();
  readonly #conversions = new Map<string, BookedConversion>();
  readonly #told = new Map<string, TrafficSourcePostback[]>();
  #minted = 0;

  /** Without a list of clicks every click id is taken for one of ours. */
  constructor(upsell: boolean, clicks: readonly string[] | undefined) {
    this.#upsell = upsell;
    this.#anyClick = clicks === undefined;
    for (const clickId of clicks ?? []) this.learn(clickId);
  }

  learn(clickId: string, campaign: string | null = null): void {
    if (!this.#clicks.has(clickId)) this.#clicks.set(clickId, { clickId, campaign, clickedAt: Date.now() });
  }

  mint(campaign: string | null): string {
    this.#minted += 1;
    const clickId = mintClickId(this.#minted);
    this.learn(clickId, campaign);
    return clickId;
  }

  knows(clickId: string): boolean {
    return this.#anyClick || this.#clicks.has(clickId);
  }

  click(clickId: string): BookedClick | undefined {
    return this.#clicks.get(clickId);
  }

  /** The row after the postback, or undefined (and nothing recorded) for a click we never saw. */
  take(postback: Postback): Conversion | undefined {
    const { clickId } = postback;
    if (!this.knows(clickId)) return undefined;
    this.learn(clickId);
    const click = this.#clicks.get(clickId);
    if (click === undefined) return undefined;
    const convertedAt = Date.now();
    const row = applyPostback(this.#conversions.get(clickId)?.row, postback, { upsell: this.#upsell });
    this.#conversions.delete(clickId);
    this.#conversions.set(clickId, { row, click, convertedAt });
    if (postback.quiet !== true) this.#tell({ clickId, payout: postback.payout ?? '0', at: convertedAt });
    return row;
  }

  /** In the order of their latest postbacks, which times alone do not tell within a millisecond. */
  conversions(): BookedConversion[] {
    return [...this.#conversions.values()];
  }

  conversion(clickId: string): BookedConversion | undefined {
    return this.#conversions.get(clickId);
  }

  told(clickId: string): TrafficSourcePostback[] {
    return [...(this.#told.get(clickId) ?? [])];
  }

  #tell(news: TrafficSourcePostback): void {
    const told = this.#told.get(news.clickId);
    if (told === undefined) this.#told.set(news.clickId, [news]);
    else told.push(news);
  }
}
