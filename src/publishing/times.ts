// Wall times and instants: what a person planned, what it means on the day a clock changes, and the next free slot.

import { Temporal } from 'temporal-polyfill'

export interface WallTime {
  wall: string
  zone: string
}

export type WallMeaning =
  /** `twice`: the clock is set back and this time comes twice; the first one is meant. */
  | { kind: 'once' | 'twice'; at: Date }
  /** The clock is set forward over this time. `suggested` is the same time after the change. */
  | { kind: 'never'; suggested: string }

/** The instant of a wall time. A time that does not exist is refused rather than moved: the person decides. */
export function instantOf({ wall, zone }: WallTime): WallMeaning {
  const plain = Temporal.PlainDateTime.from(wall)
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds)
    return { kind: 'once', at: new Date(earlier.epochMilliseconds) }
  if (!earlier.toPlainDateTime().equals(plain))
    return { kind: 'never', suggested: later.toPlainDateTime().toString({ smallestUnit: 'minute' }) }
  return { kind: 'twice', at: new Date(earlier.epochMilliseconds) }
}

export function wallOf(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}

export interface CellBegin {
  /** Wall time at which it begins: `2026-11-23`, or `2026-11-23T14`. */
  cell: string
  from: Date
}

/** The days or hours of a zone between two instants. An hour that the clock skips is none; one that comes twice is one. */
export function cellsBetween(from: Date, to: Date, zone: string, unit: 'day' | 'hour'): CellBegin[] {
  const first = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone).toPlainDateTime()
  const begin = first.round({ smallestUnit: unit, roundingMode: 'floor' })
  const byInstant = new Map<number, string>()
  for (let count = 0; ; count++) {
    const wall = begin.add(unit === 'day' ? { days: count } : { hours: count })
    const at = wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
    if (at >= to.getTime()) break
    byInstant.set(at, wall.toString().slice(0, unit === 'day' ? -9 : -6))
  }
  return [...byInstant].map(([at, cell]) => ({ cell, from: new Date(at) }))
}

export interface Slot {
  /** Monday is 1. */
  day: number
  time: string
  /** Which posts it is kept for; absent: any. */
  for?: SlotKind
}

/** Always-on posts belong to no campaign. */
export type SlotKind = 'always-on' | 'campaign'

export const slotsFor = (slots: Slot[], kind: SlotKind): Slot[] =>
  slots.filter((slot) => slot.for === undefined || slot.for === kind)

const slotHorizonDays = 370

/** The first slot after `now` at which nothing is planned. Slots in an hour that a clock change skips do not happen that day. */
export function nextFreeSlot(slots: Slot[], zone: string, now: Date, taken: Date[]): (WallTime & { at: Date }) | null {
  const busy = new Set(taken.map((at) => Math.floor(at.getTime() / 60_000)))
  const byTime = [...slots].sort((a, b) => (a.time < b.time ? -1 : 1))
  const start = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  for (let days = 0; days < slotHorizonDays && byTime.length > 0; days++) {
    const date = start.add({ days })
    for (const slot of byTime) {
      if (slot.day !== date.dayOfWeek) continue
      const wall = `${date.toString()}T${slot.time}`
      const meaning = instantOf({ wall, zone })
      if (meaning.kind === 'never' || meaning.at <= now || busy.has(Math.floor(meaning.at.getTime() / 60_000))) continue
      return { wall, zone, at: meaning.at }
    }
  }
  return null
}
