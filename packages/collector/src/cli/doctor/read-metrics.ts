/** The few figures a doctor needs, from the collector's own metrics. */
export interface Figures {
  readonly oldestWaitingMs: number;
  readonly postbacks: Readonly<Record<string, number>>;
  readonly badClickIds: Readonly<Record<string, number>>;
}

/** Null where they may not be read from here. */
export async function readMetrics(url: string, token: string | undefined): Promise<Figures | null> {
  const headers = token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(10_000) }).catch(
    () => null,
  );
  return response?.ok ? figuresIn(await response.text()) : null;
}

function figuresIn(text: string): Figures {
  return {
    oldestWaitingMs: 1000 * Number(/^clickback_oldest_undelivered_seconds (\S+)$/m.exec(text)?.[1] ?? 0),
    postbacks: summed(text.matchAll(/^clickback_postbacks\{state="(\w+)"\} (\S+)$/gm)),
    badClickIds: summed(text.matchAll(/^clickback_bad_click_ids_total\{[^}]*reason="(\w+)"\} (\S+)$/gm)),
  };
}

function summed(lines: Iterable<RegExpExecArray>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [, name = '', value] of lines) sums[name] = (sums[name] ?? 0) + Number(value);
  return sums;
}
