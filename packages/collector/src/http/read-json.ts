/** A JSON body: the right type, within its size, not nested beyond reason. */
import type { IncomingMessage } from 'node:http';
import { Rejected } from '../core/errors.ts';
import { readBody } from './read-body.ts';

export interface JsonLimits {
  readonly types: readonly string[];
  readonly bytes: number;
}

/** Nothing we read is nested deeper than three. */
const DEEPEST = 32;

export async function readJson(req: IncomingMessage, { types, bytes }: JsonLimits): Promise<unknown> {
  refuseOtherTypes(req, types);
  const value = parse(await readBody(req, bytes));
  if (isDeeper(value, DEEPEST)) throw new Rejected('unreadable', `the body is nested deeper than ${DEEPEST}`);
  return value;
}

/** A browser may send no type at all with a beacon; for us that is text. */
export function refuseOtherTypes({ headers }: IncomingMessage, types: readonly string[]): void {
  const given = headers['content-type'] ?? '';
  const end = given.indexOf(';');
  const type = (end < 0 ? given : given.slice(0, end)).trim().toLowerCase();
  if (types.includes(type)) return;
  const wanted = types.filter((each) => each !== '').join(' or ');
  throw new Rejected(
    'unsupported-media-type',
    `send the body as ${wanted}, not as ${type || 'nothing named'}`,
  );
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Rejected('unreadable', 'the body is not JSON');
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((each) => isDeeper(each, depth - 1));
}
