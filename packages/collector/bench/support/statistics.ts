// The few sums a benchmark needs. Medians and nearest ranks only: every figure shown is one that was measured.

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** By nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** To three significant digits, so that noise is not read as precision. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
