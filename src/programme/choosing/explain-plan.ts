// Why each line of a plan is as it is, in a sentence: what its last item is worth beside the best one that was left out.

import { z80 } from '../../lib/stats/pooling.ts'
import { leastAfter, mayDo, minutesIn, periodsOf, perMinute, splitFloor, stepInto } from './bounds.ts'
import { countsOf } from './judge-plan.ts'
import type { Plan, PlanLine, PlanQuestion } from './types.ts'
import { capital, ordinalOf, shortNumber } from './words.ts'

export interface LineReason {
  week: number
  line: string
  count: number
  because: 'worth' | 'fits' | 'promised' | 'steady' | 'explore'
  /** Of the last item. */
  perMinute: number
  /** The best item that is not in the week; null: everything allowed is. */
  leftOut: { line: string; perMinute: number } | null
  words: string
}

export function explainPlan(
  question: PlanQuestion,
  { items, explored }: Pick<Plan, 'items' | 'explored'>,
): LineReason[] {
  const counts = countsOf(items)
  const countIn = (line: string, week: number) => counts.get(line)?.get(week) ?? 0
  const trials = new Map(explored.map(({ week, line, count }) => [`${week} ${line}`, count]))
  const needed = neededItems(question, countIn)
  return Array.from({ length: question.weeks }, (_, week) => week).flatMap((week) =>
    question.lines.flatMap((line): LineReason[] => {
      const count = countIn(line.id, week)
      if (count === 0) return []
      const last = perMinute(line, count - 1)
      const leftOut = bestLeftOut(question, { line, week, countIn })
      // What is worth more than whatever was left out needs no other reason.
      const isWorth = !leftOut || last >= perMinute(leftOut.line, leftOut.before) - 1e-9
      const why = needed.get(`${line.id} ${week}`)
      const isTrial = (trials.get(`${week} ${line.id}`) ?? 0) >= count
      const because = isWorth ? 'worth' : (why ?? (isTrial ? 'explore' : 'fits'))
      return [
        {
          ...{ week, line: line.id, count, because, perMinute: last },
          leftOut: leftOut && { line: leftOut.line.id, perMinute: perMinute(leftOut.line, leftOut.before) },
          words: wordsOf({ line, count, because, last, leftOut }),
        },
      ]
    }),
  )
}

interface LeftOut {
  line: PlanLine
  /** Items of it that are in the week. */
  before: number
}

function bestLeftOut(
  question: PlanQuestion,
  given: { line: PlanLine; week: number; countIn: (line: string, week: number) => number },
): LeftOut | null {
  let best: LeftOut | null = null
  for (const line of question.lines) {
    if (line.id === given.line.id) continue
    const before = given.countIn(line.id, given.week)
    // What nobody can do was not left out by choice.
    const isPossible = question.people.some(
      (person) => mayDo(person, line) && minutesIn(person, given.week) >= line.minutes,
    )
    if (before >= line.most || !isPossible) continue
    if (!best || perMinute(line, before) > perMinute(best.line, best.before)) best = { line, before }
  }
  return best
}

/** Lines and weeks in which not one item could be less: something promised, or what a review permits to fall. */
function neededItems(
  question: PlanQuestion,
  countIn: (line: string, week: number) => number,
): Map<string, 'promised' | 'steady'> {
  const needed = new Map<string, 'promised' | 'steady'>()
  const within = (line: string, weeks: readonly number[]) => weeks.reduce((sum, week) => sum + countIn(line, week), 0)
  for (const line of question.lines) {
    let previous = line.before
    for (const [period, weeks] of periodsOf(question).entries()) {
      const now = within(line.id, weeks)
      if (
        previous !== null &&
        now > 0 &&
        now <= leastAfter(previous, question.change, stepInto(question, line, period))
      )
        for (const week of weeks) needed.set(`${line.id} ${week}`, 'steady')
      previous = now
    }
  }
  for (const { line, least, from, to } of question.floors.flatMap((floor) => splitFloor(floor, question))) {
    const weeks = Array.from({ length: to - from + 1 }, (_, at) => from + at)
    if (within(line, weeks) <= least) for (const week of weeks) needed.set(`${line} ${week}`, 'promised')
  }
  return needed
}

function wordsOf(given: {
  line: PlanLine
  count: number
  because: LineReason['because']
  last: number
  leftOut: LeftOut | null
}): string {
  const { line, count, because, last, leftOut } = given
  const item = capital(`${ordinalOf(count)} ${line.name}`)
  const other = leftOut && `${ordinalOf(leftOut.before + 1)} ${leftOut.line.name}`
  const otherWorth = leftOut ? shortNumber(perMinute(leftOut.line, leftOut.before)) : ''
  const beside = other ? `; ${other} ${otherWorth}` : '; nothing that is allowed was left out'
  if (because === 'promised')
    return `${item} this week is promised: by its worth alone, ${shortNumber(last)} per minute, ${other} with ${otherWorth} would come first.`
  if (because === 'steady')
    return `${item} this week stays, since nothing may fall further from one review to the next: it is worth ${shortNumber(last)} per minute${beside}.`
  if (because === 'fits')
    return `${item} this week fits where nothing larger does: it is worth ${shortNumber(last)} per minute; ${other} with ${otherWorth} finds no room in anybody’s week, or would grow too fast.`
  if (because === 'explore') {
    const at = (deviations: number) =>
      shortNumber(Math.max(0, Math.expm1(Math.log1p(line.value) + deviations * line.spread)) / line.minutes)
    return `${item} this week is there to find out what it is worth: for the first of a week that is between ${at(-z80)} and ${at(z80)} per minute.`
  }
  return `${item} this week is worth ${shortNumber(last)} per minute${beside}.`
}
