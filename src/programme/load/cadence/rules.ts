// What a cadence asks for between two days, whether it was kept, and what may not be one. Pure.

import { addDays, mondayOf } from '../../../lib/days.ts'
import { lineOn } from './growth.ts'
import type { Cadence, CadenceItem, CadenceLine, CadenceSlot, Choice, Deed, IsWorkingDay } from './types.ts'

export interface CadenceFault {
  /** Path of the field: `lines.1.slots`. */
  field: string
  says: string
}

const isSame = (a: Choice, b: Choice): boolean =>
  a.activity === b.activity && (a.voice === undefined || b.voice === undefined || a.voice === b.voice)

/** Empty: it may be used. */
export function cadenceFaults({ lines }: Cadence): CadenceFault[] {
  const faults: CadenceFault[] = []
  for (const [index, line] of lines.entries()) {
    const field = `lines.${index}`
    if (!Number.isInteger(line.every) || line.every < 1 || line.every > 52) {
      faults.push({ field: `${field}.every`, says: 'A whole number from 1 to 52' })
    }
    if (line.slots.length === 0) faults.push({ field: `${field}.slots`, says: 'Say what is to be done' })
    for (const [at, { anyOf }] of line.slots.entries()) {
      if (anyOf.length === 0) faults.push({ field: `${field}.slots.${at}.anyOf`, says: 'Say what fills it' })
    }
    if (line.differ && overlap(line.slots)) {
      faults.push({ field: `${field}.slots`, says: 'They are to differ in kind, so nothing may fill two of them' })
    }
    if (line.block && !hasSeveral(line.slots)) {
      faults.push({ field: `${field}.block`, says: 'Only several of one kind can be booked together' })
    }
    if (lines.findIndex(({ id }) => id === line.id) !== index) {
      faults.push({ field: `${field}.id`, says: 'Each line needs a name of its own' })
    }
  }
  return faults
}

const hasSeveral = (slots: CadenceSlot[]): boolean =>
  new Set(slots.map(({ anyOf }) => anyOf[0]?.activity)).size < slots.length

const overlap = (slots: CadenceSlot[]): boolean =>
  slots.some((one, index) =>
    slots.slice(index + 1).some((other) => one.anyOf.some((a) => other.anyOf.some((b) => isSame(a, b)))),
  )

/** Periods of one line that begin between the two days, the last included. */
export function periodsOf(
  line: Pick<CadenceLine, 'every' | 'unit'>,
  { from, to, start, isWorkingDay }: { from: string; to: string; start: string; isWorkingDay: IsWorkingDay },
): { from: string; to: string }[] {
  const periods: { from: string; to: string }[] = []
  if (line.unit === 'week') {
    const first = mondayOf(start)
    for (let at = first; at <= to; at = addDays(at, 7 * line.every)) {
      if (at >= from) periods.push({ from: at, to: addDays(at, 7 * line.every - 1) })
    }
    return periods
  }
  let counted = 0
  for (let day = start; day <= to; day = addDays(day, 1)) {
    if (line.unit === 'working-day' && !isWorkingDay(day)) continue
    const begins = counted++ % line.every === 0
    if (begins && day >= from) periods.push({ from: day, to: day })
  }
  return periods
}

/** Everything that a cadence asks for in periods that begin between the two days, by day. */
export function itemsBetween(
  cadence: Cadence,
  days: { from: string; to: string },
  isWorkingDay: IsWorkingDay,
): CadenceItem[] {
  const items = cadence.lines.flatMap((line) =>
    periodsOf(line, { ...days, start: cadence.from, isWorkingDay }).flatMap((period) =>
      lineOn(line, period.from).slots.map(({ anyOf }, index) => ({
        id: `${line.id} ${period.from} ${index + 1}`,
        line: line.id,
        channel: line.channel,
        choice: anyOf[0]!,
        anyOf,
        ...period,
      })),
    ),
  )
  return items.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

export interface LineKept {
  line: string
  periods: number
  kept: number
  /** Items asked for and those of them that were done. */
  asked: number
  done: number
  /** What was missing, by period. */
  missing: { from: string; to: string; slots: CadenceSlot[] }[]
}

/** Which periods that ended between the two days were kept. One deed counts once, in one line. */
export function cadenceKept(
  cadence: Cadence,
  { deeds, ...days }: { from: string; to: string; deeds: readonly Deed[] },
  isWorkingDay: IsWorkingDay,
): LineKept[] {
  return cadence.lines.map((line) => {
    const periods = periodsOf(line, { ...days, start: cadence.from, isWorkingDay }).filter(({ to }) => to <= days.to)
    const judged = periods.map((period) => {
      const inside = deeds.filter(
        ({ day, channel }) =>
          day >= period.from && day <= period.to && (line.channel === null || channel === line.channel),
      )
      const { slots } = lineOn(line, period.from)
      return { ...period, asked: slots.length, slots: unfilled(slots, inside) }
    })
    const asked = judged.reduce((sum, period) => sum + period.asked, 0)
    const missing = judged.flatMap(({ from, to, slots }) => (slots.length > 0 ? [{ from, to, slots }] : []))
    return {
      ...{ line: line.id, periods: periods.length, kept: periods.length - missing.length, asked },
      done: asked - missing.reduce((sum, { slots }) => sum + slots.length, 0),
      missing,
    }
  })
}

/** The slots that no deed fills, when each deed fills one: as few as possible (bipartite matching by augmenting paths). */
export function unfilled(
  slots: readonly CadenceSlot[],
  deeds: readonly Pick<Deed, 'activity' | 'voice'>[],
): CadenceSlot[] {
  const fills = (slot: CadenceSlot, deed: Pick<Deed, 'activity' | 'voice'>): boolean =>
    slot.anyOf.some(
      ({ activity, voice }) => activity === deed.activity && (voice === undefined || voice === deed.voice),
    )
  const slotOf = new Map<number, number>()
  const place = (slot: number, tried: Set<number>): boolean => {
    for (const [index, deed] of deeds.entries()) {
      if (tried.has(index) || !fills(slots[slot]!, deed)) continue
      tried.add(index)
      const holder = slotOf.get(index)
      if (holder !== undefined && !place(holder, tried)) continue
      slotOf.set(index, slot)
      return true
    }
    return false
  }
  return slots.filter((_, index) => !place(index, new Set()))
}

/** How many of its items come in a week, in the long run: of one that grows, when it has grown. */
export function itemsAWeek({ every, unit, slots }: CadenceLine, workingDays: number): number {
  const periods = { day: 7, 'working-day': workingDays, week: 1 }[unit] / every
  return periods * slots.length
}
