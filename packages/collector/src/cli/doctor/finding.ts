/** What one look found: fine, worth a look, or broken. Whatever is not fine comes with its cure. */
export type Finding =
  | { readonly mark: 'fine'; readonly what: string }
  | { readonly mark: 'look' | 'broken'; readonly what: string; readonly cure: string };

export function fine(what: string): Finding {
  return { mark: 'fine', what };
}

export function look(what: string, cure: string): Finding {
  return { mark: 'look', what, cure };
}

export function broken(what: string, cure: string): Finding {
  return { mark: 'broken', what, cure };
}
