/** What may stand behind the question mark. */
import { z } from 'zod';
import { field, oneOf, optional, visible } from './fields.ts';

export const dryRun = z
  .object({ dry_run: optional(oneOf(['0', '1', 'false', 'true'])) })
  .transform((query) => ({
    dryRun: query.dry_run === '1' || query.dry_run === 'true',
  }));

const PAGE_SIZE = 50;
const LONGEST_PAGE = 200;

/** One page of a list. A cursor is made by the ledger and read by it: here it is only bounded. */
export const PAGE = {
  limit: optional(field(isPageSize, `a whole number from 1 to ${LONGEST_PAGE}`)).transform((limit) =>
    Number(limit ?? PAGE_SIZE),
  ),
  cursor: optional(visible(512)).transform((cursor) => cursor ?? null),
};

function isPageSize(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= LONGEST_PAGE;
}
