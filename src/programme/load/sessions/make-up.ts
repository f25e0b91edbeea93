// What becomes of a missed session: made up soon or dropped, never squeezed in; and when the plan itself should be realigned.

import { addDays, daysBetween } from '../../../lib/days.ts'
import type { LoadSettings } from '../figures/settings.ts'
import { minutesOn, openLedger, sessionAt, tryPlace } from './ledger.ts'
import type { NoPlace, PlanPerson, Session, WorkItem } from './types.ts'
import { noPlaceWords } from './words.ts'

/** `moved`: the missed one, at its new time. `displaced`: light ones that gave way; each has an entry of its own. */
export type MakeUp =
  | { missed: Session; outcome: 'moved'; session: Session; displaced: Session[] }
  | { missed: Session; outcome: 'dropped'; reason: NoPlace; says: string }

export interface MissedQuestion {
  zone: string
  today: string
  people: readonly PlanPerson[]
  done: readonly Session[]
  /** What is still to come, without the missed ones. */
  sessions: readonly Session[]
  missed: readonly Session[]
}

export interface Reckoning {
  /** What is to come now: those that stayed and those that were made up. */
  sessions: Session[]
  /** One for each missed session, and for each light one that gave way. */
  made: MakeUp[]
}

/** Key sessions first; each missed and each displaced session comes out moved or dropped, so that none is lost. */
export function makeUpMissed({ sessions, missed, ...ground }: MissedQuestion, settings: LoadSettings): Reckoning {
  const planned = plannedMinutes([...ground.done, ...sessions, ...missed])
  const made: MakeUp[] = []
  const open = missed.toSorted(
    (a, b) => Number(b.kind === 'key') - Number(a.kind === 'key') || (a.day < b.day ? -1 : 1),
  )
  let held = [...sessions]
  for (let next = open.shift(); next; next = open.shift()) {
    const found = makeUp(next, { ...ground, sessions: held, planned }, settings)
    made.push(found)
    if (found.outcome === 'dropped') continue
    held = [...held.filter((each) => !found.displaced.includes(each)), found.session]
    // They were not missed by anybody, but they lost their day: they get the one chance of a light session.
    open.push(...found.displaced)
  }
  return { sessions: held, made }
}

/** Minutes that were planned at first, by person and day. */
function plannedMinutes(sessions: readonly Session[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { person, plannedDay, minutes } of sessions) {
    const key = `${person} ${plannedDay}`
    found.set(key, (found.get(key) ?? 0) + minutes)
  }
  return found
}

interface Ground {
  zone: string
  today: string
  people: readonly PlanPerson[]
  done: readonly Session[]
  sessions: readonly Session[]
  planned: ReadonlyMap<string, number>
}

function makeUp(missed: Session, ground: Ground, settings: LoadSettings): MakeUp {
  const dropped = (reason: NoPlace): MakeUp => ({ missed, outcome: 'dropped', reason, says: noPlaceWords[reason] })
  const isKey = missed.kind === 'key'
  if (missed.madeUp && !isKey) return dropped('made-up-before')
  const reach = isKey ? settings.makeUpKeyDays : settings.makeUpLightDays
  // From the day that it was first planned for: moving it again and again brings no new days.
  const days = Array.from({ length: reach }, (_, index) => addDays(missed.plannedDay, index + 1))
  const left = days.filter((day) => day >= ground.today && day > missed.day)
  if (left.length === 0) return dropped('too-late')
  let refused: NoPlace | null = null
  for (const displace of isKey ? [false, true] : [false]) {
    for (const day of left) {
      const found = onDay(missed, { ...ground, day, displace }, settings)
      if (found.session) return { missed, outcome: 'moved', session: found.session, displaced: found.displaced }
      refused = refused ?? found.refused
    }
  }
  return dropped(refused ?? 'no-room')
}

type OnDay = { session: Session; displaced: Session[] } | { session: null; refused: NoPlace }

/** Without displacing, or with as few light sessions of that day as make room, the shortest first. */
function onDay(
  missed: Session,
  { day, displace, ...ground }: Ground & { day: string; displace: boolean },
  settings: LoadSettings,
): OnDay {
  const { zone, people, done, sessions, planned } = ground
  const mine = sessions.filter(({ person }) => person === missed.person)
  const isToCome = ({ day: its, kind }: Session) => its === day && kind === 'light'
  const light = displace ? mine.filter(isToCome).sort((a, b) => a.minutes - b.minutes) : []
  const most =
    settings.makeUpDay *
    Math.max(...[day, missed.plannedDay].map((each) => planned.get(`${missed.person} ${each}`) ?? 0))
  let refused: NoPlace = 'no-room'
  for (let count = displace ? 1 : 0; count <= light.length; count++) {
    const displaced = light.slice(0, count)
    const others = [...done, ...mine.filter((each) => !displaced.includes(each))]
    const ledger = openLedger(
      people.filter(({ id }) => id === missed.person),
      others,
      zone,
    )
    const own = ledger.get(missed.person)
    if (!own) return { session: null, refused: 'nobody' }
    if (minutesOn(own, day) + missed.minutes > most + 1e-9) {
      refused = 'day-full'
      continue
    }
    const found = tryPlace(own, { day, item: missed, zone }, settings)
    if (!found.start) {
      refused = found.refused
      continue
    }
    const item: WorkItem = { ...missed, people: [missed.person], from: day, to: day }
    const session = sessionAt(item, { person: missed.person, start: found.start, zone }, settings)
    return { session: { ...session, plannedDay: missed.plannedDay, madeUp: true }, displaced }
  }
  return { session: null, refused }
}

export interface Realignment {
  because: 'missed' | 'gap'
  /** Sessions missed within the days that count. */
  missed: number
  /** Days since the last session that was done; null: none ever was. */
  gapDays: number | null
  says: string
}

/** A session that was done on a day or missed on it. */
export interface KeptDay {
  day: string
  done: boolean
  /** Planned. */
  minutes: number
}

type RealignSettings = Pick<LoadSettings, 'realignMissed' | 'realignShare' | 'realignDays' | 'gapDays'>

const minutesOf = (sessions: readonly KeptDay[]): number => sessions.reduce((sum, { minutes }) => sum + minutes, 0)

/** null: the plan goes on. Otherwise propose `realignedBaseline` as what it goes on from, and tell the goal's date anew. */
export function realignmentOf(
  sessions: readonly KeptDay[],
  today: string,
  { realignMissed, realignShare, realignDays, gapDays }: RealignSettings,
): Realignment | null {
  const due = sessions.filter(({ day }) => day < today)
  const late = due.filter(({ day }) => daysBetween(day, today) <= realignDays)
  const lost = late.filter(({ done }) => !done)
  const missed = lost.length
  const days = sessions.filter(({ day, done }) => done && day <= today).map(({ day }) => day)
  const last = days.sort().at(-1) ?? null
  const gap = last === null ? null : daysBetween(last, today)
  if (gap !== null && gap >= gapDays && due.some(({ day }) => day > last!)) {
    const says = `Nothing was done for ${gap} days. Go on with less, instead of where the plan would be.`
    return { because: 'gap', missed, gapDays: gap, says }
  }
  // Three of a hundred short ones are no reason to go on with less; three of six are.
  if (missed < realignMissed || minutesOf(lost) < realignShare * minutesOf(late)) return null
  const says = `${missed} sessions were missed within ${realignDays} days. Go on with less, instead of catching up.`
  return { because: 'missed', missed, gapDays: gap, says }
}
