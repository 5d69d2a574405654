/** A catalogue of verbs as methods of a ledger: `(tx, ...args)` becomes `(...args)`, and the engine brings the `tx`. */
import type { Tx } from './sql.ts';

export type Verb = (tx: Tx, ...args: never[]) => unknown;

export type ByName<Catalogue> = {
  readonly [Name in keyof Catalogue]: Catalogue[Name] extends (tx: Tx, ...args: infer Args) => infer Answer
    ? (...args: Args) => Answer
    : never;
};

/** Every verb of the catalogue as a method that has the engine call it. */
export function byName<Catalogue extends Readonly<Record<string, Verb>>>(
  catalogue: Catalogue,
  call: (verb: Verb, args: readonly unknown[], name: string) => Promise<unknown>,
): ByName<Catalogue> {
  const methods = Object.entries(catalogue).map(([name, verb]) => [
    name,
    (...args: readonly unknown[]) => call(verb, args, name),
  ]);
  return Object.fromEntries(methods) as ByName<Catalogue>;
}
