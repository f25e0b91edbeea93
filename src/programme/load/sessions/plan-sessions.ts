// From items to sessions: hard days apart, everybody within their week, and nothing lost: each is placed, moved or dropped with a reason.

import { addDays } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { inPlanOrder } from './admit.ts'
import {
  besideFull,
  enter,
  fullOf,
  type Ledger,
  minutesOn,
  openLedger,
  type PersonLedger,
  sessionAt,
  sessionMinutesOf,
  tryPlace,
  weekOf,
} from './ledger.ts'
import type { NoPlace, Placement, Session, SessionsQuestion, WorkItem } from './types.ts'
import { noPlaceWords } from './words.ts'

/** One placement for each item, in the order of the items. Sessions of any length of time; weeks are those of the calendar. */
export function planSessions(question: SessionsQuestion, settings: LoadSettings): Placement[] {
  const ledger = openLedger(question.people, question.kept ?? [], question.zone)
  const placed = new Map<WorkItem, Placement>()
  for (const item of inPlanOrder(question, ledger)) {
    const placement = place(item, { question, ledger, settings })
    if (placement.outcome !== 'dropped') enter(ledger, placement.session)
    placed.set(item, placement)
  }
  return question.items.map((item) => placed.get(item)!)
}

interface Ground {
  question: SessionsQuestion
  ledger: Ledger
  settings: LoadSettings
}

function place(item: WorkItem, ground: Ground): Placement {
  const last = item.begun ? ground.question.to : item.to
  const inTime = bestOf(item, daysOf(item.from, last, ground.question), ground)
  if (inTime.session) return { item, outcome: 'placed', session: inTime.session }
  const { makeUpKeyDays, makeUpLightDays } = ground.settings
  const reach = item.kind === 'key' ? makeUpKeyDays : makeUpLightDays
  const later = bestOf(item, daysOf(addDays(item.to, 1), addDays(item.to, reach), ground.question), ground)
  const reason = inTime.refused ?? later.refused ?? 'no-working-time'
  if (!later.session) return { item, outcome: 'dropped', reason, says: noPlaceWords[reason] }
  return { item, outcome: 'moved', session: later.session, reason, says: noPlaceWords[reason] }
}

function daysOf(from: string, to: string, range: Pick<SessionsQuestion, 'from' | 'to'>): string[] {
  const days: string[] = []
  for (let day = from > range.from ? from : range.from; day <= to && day <= range.to; day = addDays(day, 1))
    days.push(day)
  return days
}

function bestOf(
  item: WorkItem,
  days: readonly string[],
  { question: { zone }, ledger, settings }: Ground,
): { session: Session | null; refused: NoPlace | null } {
  const people = item.people.flatMap((id) => ledger.get(id) ?? [])
  if (people.length === 0) return { session: null, refused: item.lack ?? 'nobody' }
  const refused: NoPlace[] = []
  const ways = people.flatMap((own, order) =>
    days.flatMap((day, at) => {
      const { activity, minutes } = item
      const no = fullOf(own, day, minutes) ?? besideFull(ledger, own, { activity, day, minutes })
      if (no) refused.push(no)
      return no ? [] : [{ own, day, cost: [...costOf(own, day, item), at, order] }]
    }),
  )
  // The best way first: the others are only tried where it is none.
  for (const { own, day } of ways.sort((a, b) => compare(a.cost, b.cost))) {
    const at = { day, item, zone: own.person.zone ?? zone }
    const found = tryPlace(own, at, settings)
    if (found.start) {
      const start = { person: own.person.id, start: found.start, zone: at.zone }
      return { session: sessionAt(item, start, settings), refused: null }
    }
    refused.push(found.refused)
  }
  return { session: null, refused: mostOf(refused) }
}

/** In this order: key days apart, minutes shared by what each has for the week, light days, the earliest. */
function costOf(own: PersonLedger, day: string, { kind, minutes }: WorkItem): number[] {
  // Light work has nothing to keep apart.
  const near =
    kind === 'light' ? 0 : [addDays(day, -1), day, addDays(day, 1)].filter((each) => own.keyDays.has(each)).length
  const planned = own.person.weekMinutes[weekOf(day)[0]!] ?? own.person.ceiling
  const filled = (sessionMinutesOf(own, day) + minutes) / (planned || 1)
  return [near, Math.round(filled * 20), minutesOn(own, day)]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((each, index) => each !== b[index])
  return at < 0 ? 0 : a[at]! - b[at]!
}

/** What stood against it most often. */
function mostOf(refused: readonly NoPlace[]): NoPlace | null {
  const counts = Map.groupBy(refused, (each) => each)
  return [...counts].sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? null
}
