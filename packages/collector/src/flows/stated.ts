/** What a caller said of some settings; a field that is missing or undefined was not spoken of. */
export type Given<Settings> = { readonly [Field in keyof Settings]?: Settings[Field] | undefined };

/** Only the fields that were stated, so that spreading them leaves the others alone. */
export function stated<Settings extends object>(given: Given<Settings>): Partial<Settings> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<Settings>;
}
