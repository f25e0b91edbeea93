// Control charts that remember: the exponentially weighted moving average (Roberts 1959) and the cumulative sum (Page 1954).

export interface EwmaChart {
  values: number[]
  lower: number
  upper: number
  /** Positions at which the average left its limits. */
  outside: number[]
}

/**
 * @param lambda How much the newest value counts, 0 to 1.
 * @param width Distance of the limits in standard deviations of the average, once it has settled.
 */
export function ewmaChart(
  values: readonly number[],
  { mean, deviation, lambda, width = 3 }: { mean: number; deviation: number; lambda: number; width?: number },
): EwmaChart {
  const reach = width * deviation * Math.sqrt(lambda / (2 - lambda))
  let average = mean
  const averages = values.map((value) => {
    average = lambda * value + (1 - lambda) * average
    return average
  })
  const [lower, upper] = [mean - reach, mean + reach]
  return {
    values: averages,
    lower,
    upper,
    outside: averages.flatMap((value, index) => (value < lower || value > upper ? [index] : [])),
  }
}

/**
 * The next sum of a one-sided CUSUM for rises: max(0, sum + z − slack). `z` is a standardised residual; a slack of 0.5 is
 * meant for a shift of one standard deviation, and a sum of 4 to 5 signals it.
 */
export const cusumStep = (sum: number, z: number, slack = 0.5): number => Math.max(0, sum + z - slack)
