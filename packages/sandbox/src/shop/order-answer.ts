/** What the collector answered about an order, as far as the demo shop understands it. */
export interface OrderAnswer {
  readonly clickId: string | null;
  /** Where the click id came from; absent without a click. */
  readonly via?: string;
  /** Why there is no click. */
  readonly reason?: string;
  /** Null where nothing is owed to a tracker. */
  readonly postback: { readonly state: string; readonly reason?: string } | null;
}

/** Undefined where the body is not what a collector answers. */
export function readOrderAnswer(body: unknown): OrderAnswer | undefined {
  const attribution = property(body, 'attribution');
  const clickId = property(attribution, 'click_id');
  if (clickId !== null && typeof clickId !== 'string') return undefined;
  const postback = property(body, 'postback');
  const state = property(postback, 'state');
  return {
    clickId,
    ...text('via', attribution),
    ...text('reason', attribution),
    postback: typeof state === 'string' ? { state, ...text('reason', postback) } : null,
  };
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function text<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  const found = property(value, name);
  return typeof found === 'string' ? ({ [name]: found } as Record<Name, string>) : {};
}
