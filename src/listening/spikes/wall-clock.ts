// Hour and weekday of an instant in a zone, fast enough to be asked for every bin of every topic.

export interface WallClock {
  minuteOfDay: number
  /** 0 is Monday. */
  weekday: number
}

const minuteMs = 60_000
const dayMinutes = 1440
/** Clocks change at quarters of an hour, in every zone and year of the time zone database that listening meets. */
const blockMs = 15 * minuteMs
const mostBlocks = 50_000

interface Zone {
  format: Intl.DateTimeFormat
  offsets: Map<number, number>
}

const zones = new Map<string, Zone>()

export function wallClockAt(at: number, zone: string): WallClock {
  const local = Math.floor(at / minuteMs) + offsetAt(at, zone)
  const day = Math.floor(local / dayMinutes)
  // 1 January 1970 was a Thursday.
  return { minuteOfDay: local - day * dayMinutes, weekday: (((day + 3) % 7) + 7) % 7 }
}

/** Number of the day that people in the zone have, counted from 1970. */
export const wallDayAt = (at: number, zone: string): number =>
  Math.floor((Math.floor(at / minuteMs) + offsetAt(at, zone)) / dayMinutes)

function offsetAt(at: number, zone: string): number {
  const known = zones.get(zone) ?? open(zone)
  const block = Math.floor(at / blockMs)
  const offset = known.offsets.get(block)
  if (offset !== undefined) return offset
  if (known.offsets.size >= mostBlocks) known.offsets.clear()
  const found = readOffset(known.format, block * blockMs)
  known.offsets.set(block, found)
  return found
}

function open(zone: string): Zone {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...numeric })
  const made = { format, offsets: new Map<number, number>() }
  zones.set(zone, made)
  return made
}

/** Minutes by which the zone is ahead of UTC. */
function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const parts = format.formatToParts(at)
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0)
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return Math.round((wall - at) / minuteMs)
}
