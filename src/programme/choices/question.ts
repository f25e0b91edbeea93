// Pure: the question to the planner, built from what lines are worth, who gives how much time, and the plan that is in force.

import type { PlanInput } from '../choosing/types.ts'
import { activityOf } from '../load/costs/activities.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { partCount, usualWeek } from '../load/sessions/work-items.ts'
import { type Channel, lineKey } from '../worth/channels.ts'
import type { ReadLine } from '../worth/lines.ts'
import type { KnownBy } from '../worth/types.ts'
import type { Shape } from './shapes.ts'
import type { AskedFacts } from './types.ts'

/** Weeks from one review of the plan to the next. */
export const reviewWeeks = 4

export interface Giver {
  memberId: string
  name: string
  departmentId: string | null
  /** Keys of the competencies that they have, or learn at the side of somebody who does. */
  skills: string[]
}

export interface Room {
  /** Minutes a week that answering takes. */
  presence: number
  /** Conversations answered a week. */
  replies: number
  /** Minutes of each giver week by week, when so many minutes of each week are taken already: their hours, absences and ceilings are in it. */
  share: (taken: number) => ReadonlyMap<string, readonly number[]>
}

/** A line as it stands beside the question: what people call it, and how it is known. */
export interface AskedLine {
  id: string
  channel: Channel
  activity: string
  name: string
  known: KnownBy
  plannedWeekly: number
  /** One takes most of a usual week of anybody: it is asked about in so many parts. Absent: whole. */
  parts?: number
  /** Whom the plan names for it; absent: nobody in particular. */
  people?: string[] | null
  /** Booked as one block. */
  block?: boolean
}

/** Who may do a line: the key of what it needs, and those whom the plan names. */
export interface Limits {
  needs: (activity: string) => string | null
  shapes: ReadonlyMap<string, Shape>
}

export interface Built {
  question: PlanInput
  lines: AskedLine[]
  /** In the plan, and nobody knows what they bring: they stay as they are, and their minutes are taken off first. */
  kept: AskedLine[]
  /** Not in the plan, and nobody knows what they bring. */
  leftOut: AskedLine[]
}

const answering = 'inbox-reply'

/** One item in words, without an article: “short post on Harbour”. */
export function itemName(activity: string, channel: Channel): string {
  const one = activityOf(activity)?.one.replace(/^an? /, '') ?? activity.replaceAll('-', ' ')
  return channel.name ? `${one} on ${channel.name}` : one
}

export function buildQuestion(given: {
  asked: AskedFacts & { seed: number }
  lines: readonly ReadLine[]
  /** Keys of lines that were stopped. */
  stopped: ReadonlySet<string>
  givers: readonly Giver[]
  room: Room
  settings: Pick<LoadSettings, 'lightMinutes'>
  limits: Limits
}): Built {
  const { asked, stopped } = given
  const all = given.lines.filter((line) => !stopped.has(lineKey(line)))
  const isChosen = (line: ReadLine) => line.first !== null && line.minutes !== null
  const chosen = all.filter(isChosen)
  const asIs = (line: ReadLine) => askedOf(line, given.limits)
  const unknown = all.filter((line) => !isChosen(line)).map(asIs)
  const kept = all.filter((line) => !isChosen(line) && line.plannedWeekly > 0)
  const cut = cutterOf(given.room, given.settings)
  const isAnswered = [...chosen, ...kept].some(({ activity }) => activity === answering)
  const taken =
    kept.reduce((sum, line) => sum + line.plannedWeekly * (line.minutes?.mean ?? 0), 0) +
    // Answering that is a line of its own is not counted twice.
    (isAnswered ? 0 : given.room.presence)
  return {
    question: {
      ...{ weeks: asked.weeks, review: reviewWeeks, change: asked.change },
      people: peopleOf(given, { taken, chosen }),
      lines: chosen.map((line) => planLineOf(line, cut(line), given.limits)),
      floors: chosen.flatMap((line) => floorsOf(line, { ...asked, parts: cut(line), replies: given.room.replies })),
      explore: asked.explore > 0 ? { share: asked.explore, seed: asked.seed } : null,
    },
    lines: chosen.map((line) => ({ ...asIs(line), name: partName(line, cut(line)), parts: cut(line) })),
    kept: kept.map(asIs),
    leftOut: unknown.filter(({ plannedWeekly }) => plannedWeekly === 0),
  }
}

const askedOf = (line: ReadLine, { shapes }: Limits): AskedLine => ({
  ...shapes.get(lineKey(line)),
  ...{ id: lineKey(line), channel: line.channel, activity: line.activity },
  ...{ name: itemName(line.activity, line.channel), known: line.belief?.known ?? 'unknown' },
  plannedWeekly: line.plannedWeekly,
})

/** Of the plan in force; where it does not have the line, of what was done without a plan. null: it is new. */
function itemsBefore({ plannedWeekly, doneWeekly }: ReadLine): number | null {
  const items = Math.round((plannedWeekly > 0 ? plannedWeekly : doneWeekly) * reviewWeeks)
  return items > 0 ? items : null
}

/** Words are shorter than what the planner takes; a spread above it would say nothing more. */
const mostSpread = 10
/** What the planner takes of a line in a week. */
const mostItems = 500

/** In how many parts one is done: as it is cut into sessions, since what nobody has a week for could be done by nobody otherwise. */
function cutterOf({ share }: Room, settings: Pick<LoadSettings, 'lightMinutes'>): (line: ReadLine) => number {
  const most = usualWeek([...share(0).values()].map((weeks) => Math.max(0, ...weeks)))
  return ({ minutes }) => partCount(minutes?.mean ?? 0, most, settings)
}

const partName = ({ activity, channel }: ReadLine, parts: number): string =>
  parts === 1 ? itemName(activity, channel) : `part of a ${itemName(activity, channel)} (${parts} make one)`

/** Parts are worth together what the whole is: so each further one is worth the root of what each further whole one is. */
function planLineOf(line: ReadLine, parts: number, { needs, shapes }: Limits): PlanInput['lines'][number] {
  const decay = line.decay ** (1 / parts)
  const value = line.decay === 1 ? line.first! / parts : (line.first! * (1 - decay)) / (1 - line.decay)
  const before = itemsBefore(line)
  return {
    ...{ id: lineKey(line), channel: line.channel.name || 'no channel', activity: line.activity, decay, value },
    ...{
      name: partName(line, parts),
      minutes: line.minutes!.mean / parts,
      most: Math.min(mostItems, line.most * parts),
    },
    ...{ skills: [needs(line.activity) ?? []].flat(), people: shapes.get(lineKey(line))?.people ?? null },
    decaySpread: line.decayKnown.spread,
    spread: Math.min(mostSpread, line.belief!.log.deviation),
    before: before === null ? null : before * parts,
  }
}

/** What is promised or wanted each week. Whoever wrote to us is answered, whatever that brings. */
function floorsOf(
  line: ReadLine,
  { weeks, parts, replies }: { weeks: number; parts: number; replies: number },
): NonNullable<PlanInput['floors']> {
  const isAnswer = line.activity === answering && line.channel.key === ''
  const least = parts * Math.max(line.least ?? 0, isAnswer ? Math.min(line.most, Math.floor(replies)) : 0)
  if (least === 0) return []
  const kind = isAnswer ? 'promise' : line.leastKind
  return Array.from({ length: weeks }, (_, week) => ({
    ...{ id: `${lineKey(line)}:${week}`, line: lineKey(line), kind, least, from: week, to: week },
  }))
}

function peopleOf(
  { givers, room }: { givers: readonly Giver[]; room: Room },
  { taken, chosen }: { taken: number; chosen: readonly ReadLine[] },
): PlanInput['people'] {
  const minutes = room.share(taken)
  const before = chosen.reduce((sum, line) => sum + ((itemsBefore(line) ?? 0) / reviewWeeks) * line.minutes!.mean, 0)
  const first = (id: string) => minutes.get(id)?.[0] ?? 0
  const all = givers.reduce((sum, { memberId }) => sum + first(memberId), 0)
  return givers.map(({ memberId, name, departmentId, skills }) => ({
    ...{ id: memberId, name, department: departmentId, skills, minutes: [...(minutes.get(memberId) ?? [0])] },
    // Where there is less time than what was done takes, less of everything is no change of mind.
    before: before > 0 ? before * (all > 0 ? first(memberId) / all : 1 / givers.length) : null,
  }))
}
