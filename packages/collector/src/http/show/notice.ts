import type { RaisedNotice } from '../../core/stories.ts';
import { isoOf } from './iso-of.ts';

/** A notice, as the API shows it. */
export function showNotice({ code, subject, detail, firstAt, lastAt, times }: RaisedNotice) {
  return { code, subject, detail, first_at: isoOf(firstAt), last_at: isoOf(lastAt), times };
}
