// How far the clocks of a zone are ahead of UTC, as spans between one change and the next.

export interface OffsetSpan {
  /** Instants in milliseconds; the end is not part of it. */
  from: number
  to: number
  /** What has to be added to an instant so that, read as UTC, it shows the wall time. */
  offsetMs: number
}

/** No zone changes its clocks twice within a day. */
const probeMs = 24 * 3600_000

/** Finding them takes some milliseconds a year, and the same years are asked for again and again. */
const found = new Map<string, readonly OffsetSpan[]>()
const mostFound = 5000

/** The spans that cover this time without a gap, in order. Neighbours differ. */
export function offsetSpans(zone: string, from: number, to: number): readonly OffsetSpan[] {
  const key = `${zone} ${from} ${to}`
  const known = found.get(key)
  if (known) return known
  const made = findSpans(zone, from, to)
  if (found.size >= mostFound) found.clear()
  found.set(key, made)
  return made
}

function findSpans(zone: string, from: number, to: number): OffsetSpan[] {
  const format = formatOf(zone)
  const spans: OffsetSpan[] = []
  let [begin, offset] = [from, readOffset(format, from)]
  for (let at = from; at < to; at += probeMs) {
    const next = Math.min(to, at + probeMs)
    const later = readOffset(format, next)
    if (later === offset) continue
    const change = findChange(format, { at, next, offset })
    // A change exactly at the end belongs to what follows.
    if (change >= to) break
    spans.push({ from: begin, to: change, offsetMs: offset })
    ;[begin, offset] = [change, later]
  }
  if (begin < to) spans.push({ from: begin, to, offsetMs: offset })
  return spans
}

/** The first second that no longer has this offset. */
function findChange(
  format: Intl.DateTimeFormat,
  { at, next, offset }: { at: number; next: number; offset: number },
): number {
  let [low, high] = [Math.floor(at / 1000), Math.ceil(next / 1000)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (readOffset(format, middle * 1000) === offset) low = middle
    else high = middle
  }
  return high * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const day = { year: 'numeric', month: 'numeric', day: 'numeric' } as const
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...day, ...time })
  formats.set(zone, made)
  return made
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const second = Math.floor(at / 1000) * 1000
  const shown: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(second)) shown[type] = Number(value)
  const { year, month, day, hour, minute } = shown as Record<string, number>
  return Date.UTC(year!, month! - 1, day, hour, minute, shown.second) - second
}
