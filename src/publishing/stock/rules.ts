// Pure decisions about content: how many days of it are ready, how long what is out counts, where nothing was alive. Time is an argument.

import type { ContentKind } from '../../connectors/contract.ts'
import type { ShelfLife } from '../../connectors/shelf-life.ts'

export const minuteMs = 60_000
export const dayMs = 24 * 3_600_000
/** Content is living while it is younger than so many half-lives: by then seven eighths of the reaction came (science B3). */
export const livingHalfLives = 3
/** Evergreen: what takes longer than this for half of its reaction. */
export const evergreenMinutes = 30 * 24 * 60
/** The pace of an account without slots is what it did in so many days. */
export const paceDays = 28
/** Below so many posts a share says nothing. */
export const fewestForShare = 5

// ── Stock ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface PaceFacts {
  slotsPerWeek: number
  publishedIn28Days: number
}

export interface Pace {
  /** Posts a day. */
  perDay: number
  from: 'slots' | 'last-28-days'
}

/** What an account uses up. null: it has no slots and published nothing lately, so nobody can tell. */
export function paceOf({ slotsPerWeek, publishedIn28Days }: PaceFacts): Pace | null {
  if (slotsPerWeek > 0) return { perDay: slotsPerWeek / 7, from: 'slots' }
  if (publishedIn28Days > 0) return { perDay: publishedIn28Days / paceDays, from: 'last-28-days' }
  return null
}

/** Days for which ready content lasts at the pace; null where there is no pace. */
export const stockDays = (ready: number, pace: Pace | null): number | null => (pace ? ready / pace.perDay : null)

export const runsDry = (days: number | null, threshold: number): boolean => days !== null && days < threshold

// ── Shelf life ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The half-life of a kind on a channel in minutes; null: neither the channel nor the organisation says one. */
export function halfLifeOf(
  kind: ContentKind,
  own: Partial<Record<ContentKind, number>>,
  defaults: readonly ShelfLife[],
  sectorFactor: number,
): number | null {
  const known = (name: ContentKind) => defaults.find((each) => each.kind === name)?.halfLifeMinutes
  // What the organisation set for a kind is meant as it is; only public figures are bent to the sector.
  const set = own[kind]
  if (set !== undefined) return set
  const prior = known(kind)
  if (prior !== undefined) return prior * sectorFactor
  if (own.post !== undefined) return own.post
  const post = known('post')
  return post === undefined ? null : post * sectorFactor
}

export interface Span {
  from: number
  to: number
}

/** From publication until it is three half-lives old. */
export const lifeOf = (publishedAt: Date, halfLifeMinutes: number): Span => ({
  from: publishedAt.getTime(),
  to: publishedAt.getTime() + livingHalfLives * halfLifeMinutes * minuteMs,
})

/** Overlapping and touching spans joined, in the order of time. */
export function joined(spans: Span[]): Span[] {
  const done: Span[] = []
  for (const span of spans.filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from)) {
    const last = done.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else done.push({ ...span })
  }
  return done
}

/** Stretches of `window` that no span covers. */
export function gapsIn(spans: Span[], window: Span): Span[] {
  const gaps: Span[] = []
  let at = window.from
  for (const { from, to } of joined(spans)) {
    if (from > at) gaps.push({ from: at, to: Math.min(from, window.to) })
    at = Math.max(at, to)
    if (at >= window.to) break
  }
  if (at < window.to) gaps.push({ from: at, to: window.to })
  return gaps.filter(({ from, to }) => to > from)
}

export interface Freshness {
  living: number
  /** When the last living item ends or ended; null: there never was one. */
  lastEndsAt: Date | null
  /** When nothing will be alive any more, with what is planned; null: nothing is alive now. */
  nextGapAt: Date | null
}

/** `planned`: spans of what is scheduled. A planned item joins the present only where it begins before the present ends. */
export function freshnessOf(published: Span[], planned: Span[], now: Date): Freshness {
  const at = now.getTime()
  const ends = published.map(({ to }) => to)
  const present = joined([...published, ...planned]).find(({ from, to }) => from <= at && at < to)
  const living = published.filter(({ from, to }) => from <= at && at < to).length
  return {
    living,
    lastEndsAt: ends.length > 0 ? new Date(ends.reduce((a, b) => Math.max(a, b))) : null,
    nextGapAt: living > 0 && present ? new Date(present.to) : null,
  }
}

export interface Gaps {
  /** Days looked at: fewer than asked for where the account is younger. */
  days: number
  count: number
  /** Share of that time without living content, 0 to 1. */
  share: number
  longestHours: number
}

/** null: the account was not there yet. */
export function gapsOf(published: Span[], since: Date, now: Date, days: number): Gaps | null {
  const window = { from: Math.max(since.getTime(), now.getTime() - days * dayMs), to: now.getTime() }
  const whole = window.to - window.from
  if (whole <= 0) return null
  const gaps = gapsIn(published, window)
  const lengths = gaps.map(({ from, to }) => to - from)
  return {
    days: whole / dayMs,
    count: gaps.length,
    share: lengths.reduce((sum, each) => sum + each, 0) / whole,
    longestHours: Math.max(0, ...lengths) / 3_600_000,
  }
}

export interface DayAhead {
  /** How many items are alive at some time of the day. */
  alive: number
  /** Hours of it in which nothing is. */
  emptyHours: number
}

/** What will be alive on which day, of what is out and what is scheduled. */
export const aheadOf = (spans: Span[], days: Span[]): DayAhead[] =>
  days.map((day) => {
    const here = spans.filter(({ from, to }) => to > from && from < day.to && to > day.from)
    const empty = gapsIn(here, day).reduce((sum, { from, to }) => sum + to - from, 0)
    return { alive: here.length, emptyHours: empty / 3_600_000 }
  })

// ── Recycled share ──────────────────────────────────────────────────────────────────────────────────────────────────

export interface Share {
  recycled: number
  n: number
  /** 0 to 1; null: nothing went out. */
  share: number | null
  over: boolean
}

/** How much of `n` posts is recycled, against a limit in percent. Of few posts nobody says that it is too much. */
export const recycledShare = (recycled: number, n: number, limit: number): Share => ({
  recycled,
  n,
  share: n === 0 ? null : recycled / n,
  over: n >= fewestForShare && recycled * 100 > limit * n,
})
