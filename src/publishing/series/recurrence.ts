// When a series happens: RFC 5545 rules in wall time, and what becomes of a time that the clocks skip or show twice. Pure.

import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../lib/refusal.ts'
import { instantOf, wallOf } from '../times.ts'
import { canonicalRule, partsOf } from './rules.ts'

export interface Schedule {
  rule: string
  /** 2026-03-29T09:30 */
  startWall: string
  zone: string
  /** Wall time from which on it ends; null: as the rule says. */
  endsBefore: string | null
}

export interface Occurrence {
  /** As the rule gives it: the name of this occurrence for good. */
  wall: string
  at: Date
  /** The clock is set forward over `wall` that day: the same time after the change. */
  movedTo: string | null
  /** The clock is set back and shows `wall` twice; the first one is meant. */
  twice: boolean
}

/** @throws Refusal that names the part of the rule, where it is not valid, too frequent, or never happens. */
export function mustHappen(schedule: Omit<Schedule, 'rule'>, text: string): { rule: string; first: Occurrence } {
  const read = partsOf(text)
  if ('fault' in read) throw new Refusal(read.fault, { field: 'rule', params: { part: read.part } })
  const rule = canonicalRule(read.parts)
  const first = occurrencesFrom({ ...schedule, rule }, schedule.startWall, 1)[0]
  if (!first) throw new Refusal('rule-never-happens', { field: 'rule' })
  return { rule, first }
}

/** The first `most` occurrences from a wall time on, that time included. */
export function occurrencesFrom(schedule: Schedule, from: string, most: number): Occurrence[] {
  const found: Occurrence[] = []
  for (const wall of walls(schedule, from, most + 1)) {
    const next = resolve(wall, schedule.zone)
    // Where a change skips so much that a moved time meets the one after it, the one that exists stays.
    const before = found.at(-1)
    if (before && before.at >= next.at) {
      if (before.movedTo === null) continue
      found.pop()
    }
    found.push(next)
  }
  return found.slice(0, most)
}

/** Those between two wall times, the first included, the second not. */
export const occurrencesBetween = (schedule: Schedule, from: string, to: string, most: number): Occurrence[] =>
  occurrencesFrom(schedule, from, most).filter(({ wall }) => wall < to)

/** How many lie before a wall time. */
export const countBefore = (schedule: Schedule, wall: string): number =>
  occurrencesBetween(schedule, schedule.startWall, wall, mostOccurrences).length

/** Of one series, ever: three years of every day and more than a lifetime of every month. */
export const mostOccurrences = 10_000

/**
 * Wall times are counted as if they were UTC, where no clock changes: so the rule itself is blind to zones, and an occurrence
 * on the day of a change is neither lost nor doubled. (RFC 5545 3.3.10 lets a rule drop times that do not exist; a planned post
 * that is silently left out would be worse than one an hour later that says so.)
 */
function walls(schedule: Schedule, from: string, most: number): string[] {
  const found: string[] = []
  try {
    const rule = new RRuleTemporal({
      rruleString: `DTSTART:${compact(schedule.startWall)}Z\nRRULE:${inWallTime(schedule)}`,
      maxIterations: mostPeriods,
      cache: false,
    })
    rule.all((each) => {
      const wall = each.toPlainDateTime().toString({ smallestUnit: 'minute' })
      if (schedule.endsBefore !== null && wall >= schedule.endsBefore) return false
      if (wall >= from) found.push(wall)
      return found.length < most
    })
  } catch (error) {
    // How the library tells that it looked for thousands of periods in vain, such as for a 30th of February.
    if (!/Maximum (iterations|candidate)/i.test((error as Error).message)) throw error
  }
  return found
}

/** Days of more than fifty years. */
const mostPeriods = 20_000

const compact = (wall: string): string => `${wall.slice(0, 16).replaceAll(/[-:]/g, '')}00`

/** UNTIL is an instant where it ends with Z (RFC 5545 3.3.10), and a whole day where it has no time. */
function inWallTime({ rule, zone }: Schedule): string {
  return rule.replace(/UNTIL=(\d{8})(?:T(\d{6})(Z?))?/, (_, day: string, time: string | undefined, instant: string) => {
    if (!time) return `UNTIL=${day}T235959Z`
    if (!instant) return `UNTIL=${day}T${time}Z`
    const at = Temporal.Instant.from(`${iso(day)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`)
    return `UNTIL=${compact(wallOf(new Date(at.epochMilliseconds), zone))}Z`
  })
}

const iso = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`

function resolve(wall: string, zone: string): Occurrence {
  const meaning = instantOf({ wall, zone })
  if (meaning.kind !== 'never') return { wall, at: meaning.at, movedTo: null, twice: meaning.kind === 'twice' }
  const after = instantOf({ wall: meaning.suggested, zone })
  // The time after a change exists; it may itself be one that comes twice, of which the first is meant.
  return { wall, at: (after as { at: Date }).at, movedTo: meaning.suggested, twice: false }
}
