/** Where a list stopped, as opaque text: the moment and the id of its last row. Lists run from the newest to the oldest. */
import { Rejected } from '../../core/errors.ts';
import type { Page } from '../../core/stories.ts';

export interface Place {
  readonly at: number;
  readonly id: string;
}

/** The place a cursor stands for; null for the first page. Text that is no cursor of ours is the caller's fault. */
export function placeOf(cursor: string | null): Place | null {
  if (cursor === null) return null;
  const match = /^(\d{1,15}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString());
  const place = { at: Number(match?.[1]), id: match?.[2] ?? '' };
  if (match !== null && cursorOf(place) === cursor) return place;
  throw new Rejected(
    'invalid',
    'This cursor is not one a list gave out: ask for the first page again.',
    'cursor',
  );
}

/** One page of what was read with a limit one higher than the page's own. */
export function pageOf<Item>(
  items: readonly Item[],
  limit: number,
  place: (item: Item) => Place,
): Page<Item> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, cursor: last === undefined || items.length <= limit ? null : cursorOf(place(last)) };
}

function cursorOf({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}
