// The range in which a share lies when some of a number of cases were seen: Wilson's interval (1927), good for few cases too.

export interface Share {
  share: number
  low: number
  high: number
}

/** @param z Width in standard deviations: 1.96 for 95 %, 1.2816 for 80 %. Without cases everything is possible. */
export function wilsonInterval(seen: number, of: number, z = 1.959_963_984_540_054): Share {
  if (of === 0) return { share: 0, low: 0, high: 1 }
  const share = seen / of
  const square = (z * z) / of
  const middle = (share + square / 2) / (1 + square)
  const reach = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of))
  return {
    share,
    low: seen === 0 ? 0 : Math.max(0, middle - reach),
    high: seen === of ? 1 : Math.min(1, middle + reach),
  }
}
