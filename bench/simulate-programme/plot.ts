// A curve in one line of text.

const bars = '▁▂▃▄▅▆▇█'

/** One bar for each number, from 0 to the highest of them, or to one that several curves have together. */
export function curveOf(values: readonly number[], highest = Math.max(...values, 1)): string {
  return values.map((each) => bars[Math.min(bars.length - 1, Math.floor((each / highest) * bars.length))]).join('')
}
