/** The command could not be done; the sentences are for the person who gave it. Exit code 1. */
export class Failed extends Error {
  override readonly name = 'Failed';
  /** Of the collector's own refusal, where it refused. */
  readonly code: string | null;

  constructor(message: string, code: string | null = null) {
    super(message);
    this.code = code;
  }
}
