// A curve in one line of text.

const bars = '▁▂▃▄▅▆▇█'

/** One bar for each number, from 0 to the highest of them. */
export function curveOf(values: readonly number[]): string {
  const highest = Math.max(...values, 1)
  return values.map((each) => bars[Math.min(bars.length - 1, Math.floor((each / highest) * bars.length))]).join('')
}
