// Before an absence or a gap in the rota: which conversations come due while nobody is there, until when to answer them, who could cover.

import type { OpenSpan } from './business-clock.ts'

/** Somebody at work: hours (`openSpans` of a business clock) without absences. */
export interface Rostered {
  id: string
  departmentIds: readonly string[]
  skills: readonly string[]
  /** In order and apart. */
  atWork: readonly OpenSpan[]
  /** Units of work that are in hand now. */
  load: number
}

export interface OwedConversation {
  id: string
  ownerId: string | null
  departmentId: string | null
  requiredSkills: readonly string[]
  /** The next instant at which a promise of it breaks, as far as it is known now. */
  dueAt: Date
}

/** `owner-away`: others could answer in time. `nobody-there`: nobody who could is at work before. */
export type RiskReason = 'owner-away' | 'nobody-there'

export interface ConversationAtRisk {
  id: string
  dueAt: Date
  reason: RiskReason
  /** The last moment at which its owner is still there; null: not again before it is due. */
  ownerUntil: Date | null
  /** The last moment at which anybody who can is there; null: nobody before it is due. */
  anybodyUntil: Date | null
  /** Who could, the one with most time before it is due first. */
  cover: { personId: string; minutes: number }[]
}

export interface CoverageQuestion {
  now: Date
  /** Looked at until here. */
  until: Date
  people: readonly Rostered[]
  conversations: readonly OwedConversation[]
  /** What answering takes: who is there for less before it is due is no cover. */
  needMs: number
}

const minuteMs = 60_000

/**
 * Conversations that come due until `until` in a time in which their owner is away, soonest first. Without an owner: in a time in which
 * nobody of the department is there who has the skills.
 */
export function atRisk({ now, until, people, conversations, needMs }: CoverageQuestion): ConversationAtRisk[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  return conversations
    .filter(({ dueAt }) => dueAt > now && dueAt <= until)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
    .flatMap((conversation) => {
      const { id, dueAt } = conversation
      const owner = conversation.ownerId === null ? null : (byId.get(conversation.ownerId) ?? null)
      const able = people.filter((person) => canAnswer(person, conversation))
      const answering = conversation.ownerId === null ? able : owner ? [owner] : []
      if (answering.some((person) => isThereUntil(person, dueAt))) return []
      const cover = able
        .filter((person) => person.id !== conversation.ownerId)
        .map((person) => ({ person, ms: workBetween(person, now, dueAt) }))
        .filter(({ ms }) => ms >= needMs)
        .toSorted((a, b) => b.ms - a.ms || a.person.load - b.person.load || (a.person.id < b.person.id ? -1 : 1))
      return [
        {
          id,
          dueAt,
          reason: cover.length > 0 && conversation.ownerId !== null ? 'owner-away' : 'nobody-there',
          ownerUntil: owner && lastAtWork([owner], now, dueAt),
          anybodyUntil: lastAtWork(able, now, dueAt),
          cover: cover.map(({ person, ms }) => ({ personId: person.id, minutes: Math.floor(ms / minuteMs) })),
        },
      ]
    })
}

const canAnswer = (person: Rostered, { departmentId, requiredSkills }: OwedConversation): boolean =>
  (departmentId === null || person.departmentIds.includes(departmentId)) &&
  requiredSkills.every((skill) => person.skills.includes(skill))

/** At work at that very moment, or until it. */
const isThereUntil = ({ atWork }: Rostered, at: Date): boolean => atWork.some(({ from, to }) => from < at && to >= at)

function workBetween({ atWork }: Rostered, from: Date, to: Date): number {
  const ms = atWork.map(
    (span) => Math.min(span.to.getTime(), to.getTime()) - Math.max(span.from.getTime(), from.getTime()),
  )
  return ms.reduce((sum, each) => sum + Math.max(0, each), 0)
}

function lastAtWork(people: readonly Rostered[], now: Date, before: Date): Date | null {
  const ends = people.flatMap(({ atWork }) =>
    atWork
      .filter(({ from, to }) => from < before && to > now)
      .map(({ to }) => Math.min(to.getTime(), before.getTime())),
  )
  return ends.length === 0 ? null : new Date(Math.max(...ends))
}

/** Promised hours in which nobody is at work, in order: a gap of the rota. */
export function gapsOf(promised: readonly OpenSpan[], people: readonly Pick<Rostered, 'atWork'>[]): OpenSpan[] {
  const work = people.flatMap(({ atWork }) => atWork).toSorted((a, b) => a.from.getTime() - b.from.getTime())
  return promised.flatMap(({ from, to }) => {
    const gaps: OpenSpan[] = []
    let covered = from
    for (const span of work) {
      if (span.from >= to) break
      if (span.from > covered) gaps.push({ from: covered, to: span.from })
      if (span.to > covered) covered = span.to
    }
    if (covered < to) gaps.push({ from: covered, to })
    return gaps
  })
}

/** Spans without what an absence takes from them. */
export function without(spans: readonly OpenSpan[], absences: readonly OpenSpan[]): OpenSpan[] {
  return gapsOf(
    spans,
    absences.map((absence) => ({ atWork: [absence] })),
  )
}
