// Percentiles and medians of measured values.

export interface Summary {
  n: number
  p50: number
  p95: number
  p99: number
}

/** Nearest rank: every percentile is a value that was really measured. NaN when there is none. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const summaryOf = (values: number[]): Summary => ({
  n: values.length,
  p50: percentile(values, 0.5),
  p95: percentile(values, 0.95),
  p99: percentile(values, 0.99),
})

export const median = (values: number[]): number => percentile(values, 0.5)
