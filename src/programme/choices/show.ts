// Pure: a choice as people read it: its lines with their reasons, who does how much, what it displaces, what would be if.

import type { z } from 'zod'
import type { WhoIs } from '../../people/names.ts'
import { countsOf } from '../choosing/judge-plan.ts'
import type { Conflict, PlanItem, PlanQuestion } from '../choosing/types.ts'
import type { choiceView } from './contract.ts'
import type { Answer, ChoiceRow } from './store.ts'

type Shown = z.infer<typeof choiceView>

/** Who reads it: those who lead see everybody's minutes, everybody else their own. */
export interface Reader {
  memberId: string
  leads: boolean
}

/** What would be if one person left, or gave other minutes, is for those who lead alone. */
export const mayRead = ({ asked: { wouldBe } }: Pick<ChoiceRow, 'asked'>, { leads }: Reader): boolean =>
  leads || !wouldBe || wouldBe.kind === 'channel-stops' || (wouldBe.kind === 'minutes' && wouldBe.memberId === null)

export function showChoice(row: ChoiceRow, who: WhoIs, reader: Reader): Shown {
  const { asked, question, answer } = row
  const {
    lines: _lines,
    kept,
    leftOut,
    now: _now,
    overflow: _overflow,
    wouldBe: _change,
    unable = [],
    ...facts
  } = asked
  const planned = answer?.state === 'planned' ? answer : null
  return {
    ...{ id: row.id, state: row.state, baseId: row.base_id, unit: asked.unit, asked: facts, progress: row.progress },
    ...{ askedAt: row.asked_at.toISOString(), askedBy: who(row.asked_by) },
    ...{ endedAt: row.ended_at?.toISOString() ?? null, planNumber: row.plan_number },
    unable,
    ...{ kept: kept.map(({ name }) => name), leftOut: leftOut.map(({ name }) => name) },
    people: peopleOf(question, planned?.plan.items ?? []).filter(
      (person) => reader.leads || person.memberId === reader.memberId,
    ),
    plan: planned && planOf(row, planned),
    conflict: conflictOf(question, answer),
    whatIf: ifOf(row),
    ...{ putAt: row.put_at?.toISOString() ?? null, putBy: who(row.put_by), putNumber: row.put_number },
  }
}

const weeksOf = ({ weeks }: PlanQuestion): number[] => Array.from({ length: weeks }, (_, week) => week)

function peopleOf(question: PlanQuestion, items: readonly PlanItem[]): Shown['people'] {
  const minutes = new Map(question.lines.map((line) => [line.id, line.minutes]))
  const used = new Map<string, number>()
  for (const { person, week, line, count } of items) {
    const key = `${person} ${week}`
    used.set(key, (used.get(key) ?? 0) + count * minutes.get(line)!)
  }
  return question.people.map((person) => ({
    ...{ memberId: person.id, name: person.name },
    there: weeksOf(question).map((week) => person.minutes[Math.min(week, person.minutes.length - 1)] ?? 0),
    used: weeksOf(question).map((week) => used.get(`${person.id} ${week}`) ?? 0),
  }))
}

function planOf(
  { asked, question }: ChoiceRow,
  { plan, reasons, adoption, displaced }: Answer & { state: 'planned' },
): Shown['plan'] {
  const { value, bound, gap, by, ended, exploreShare } = plan
  const counts = countsOf(plan.items)
  const lines = question.lines.map((line) => {
    const told = asked.lines.find(({ id }) => id === line.id)!
    const first = reasons.filter((reason) => reason.line === line.id).toSorted((a, b) => a.week - b.week)[0]
    return {
      ...{ line: line.id, channel: told.channel.key, activity: line.activity, name: line.name, known: told.known },
      ...{ minutes: line.minutes, value: line.value, now: told.plannedWeekly * (told.parts ?? 1) },
      weeks: weeksOf(question).map((week) => counts.get(line.id)?.get(week) ?? 0),
      explored: plan.explored.reduce((sum, each) => sum + (each.line === line.id ? each.count : 0), 0),
      reason: first?.words ?? null,
    }
  })
  const adopted = adoption && {
    ...{ isAdopted: adoption.isAdopted, because: adoption.because, gain: adoption.gain, words: adoption.words },
  }
  // Plans of other releases do not say it.
  const gaveWay = question.lines.flatMap(({ id, name }) => (plan.gaveWay?.includes(id) ? [name] : []))
  return { value, bound, gap, by, ended, exploreShare, lines, gaveWay, displaced, adoption: adopted }
}

function conflictOf(question: PlanQuestion, answer: Answer | null): Shown['conflict'] {
  if (!answer || answer.state === 'planned' || !answer.conflict) return null
  const { wishes, words }: Conflict = answer.conflict
  const names = new Map(question.lines.map(({ id, name }) => [id, name]))
  return {
    words,
    wishes: wishes.map(({ line, kind, least }) => ({ line, name: names.get(line) ?? line, kind, least })),
  }
}

function ifOf({ asked, question, answer, base_id }: ChoiceRow): Shown['whatIf'] {
  if (!asked.wouldBe || base_id === null || answer?.state !== 'what-if') return null
  const total = (items: readonly PlanItem[]) => {
    const counts = countsOf(items)
    return (line: string) => [...(counts.get(line)?.values() ?? [])].reduce((sum, count) => sum + count, 0)
  }
  const [before, after] = [total(answer.items.before), total(answer.items.after)]
  return {
    ...{ change: asked.wouldBe, words: answer.words, before: answer.before, after: answer.after },
    lines: question.lines.map(({ id, name }) => ({ line: id, name, before: before(id), after: after(id) })),
  }
}
