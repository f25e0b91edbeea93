// Pure: which of what guards found is an alarm, about whom, and with which figures.

import { moneyText } from '../../kit/money.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { Guarded, PersonLoad } from './judge.ts'
import { sumOf } from './loads.ts'
import type { CauseName, Level } from './types.ts'

export type Facts = Record<string, string | number>

export interface Cause {
  cause: CauseName
  /** A member, a department or an account by its id; empty: the organisation as a whole, or people without a department. */
  subject: string
  /** Whose figures are in it. */
  about: string | null
  level: Level
  facts: Facts
}

type Limits = Pick<
  LoadSettings,
  'refuseRatio' | 'newPersonMinutes' | 'overExtended' | 'openedDays' | 'gapHours' | 'quitDays' | 'topShare'
>

export function causesOf(guarded: Guarded, settings: Limits): Cause[] {
  return [
    ...guarded.people.flatMap((person) => personCauses(person, settings)),
    ...teamCauses(guarded),
    ...sharingCauses(guarded),
    ...outletCauses(guarded, settings),
    ...patternCauses(guarded),
    ...moneyCausesOf(guarded),
  ]
}

const last = ({ weeks }: Pick<PersonLoad, 'weeks'>): number => Math.round(Math.max(...weeks.slice(-2).map(sumOf)))

function personCauses(person: PersonLoad, { refuseRatio, newPersonMinutes }: Limits): Cause[] {
  const of = (cause: CauseName, level: Level, facts: Facts): Cause => ({
    ...{ cause, subject: person.id, about: person.id, level, facts: { person: person.name, ...facts } },
  })
  const found: Cause[] = []
  const lastWhole = sumOf(person.weeks.at(-2)!)
  if (person.isOver) found.push(of('ceiling', 'act', { minutes: last(person), ceiling: person.ceiling }))
  // Below what everybody can do from the first day on a jump harms nobody.
  const isMuch = lastWhole > newPersonMinutes
  if (isMuch && (person.ratio ?? 0) >= refuseRatio)
    found.push(of('ratio', 'watch', { minutes: Math.round(lastWhole), ratio: tenths(person.ratio!) }))
  if (isMuch && person.tooEven) found.push(of('monotony', 'watch', { minutes: Math.round(lastWhole) }))
  return found
}

/** Of a team of one it would be the same alarm twice. */
const teamCauses = ({ teams }: Guarded): Cause[] =>
  teams.flatMap((team) =>
    team.isOver && team.people.length > 1
      ? [
          {
            ...{ cause: 'team-ceiling' as const, subject: team.departmentId ?? '', about: null, level: 'act' as const },
            facts: { team: team.name, minutes: last(team), ceiling: team.ceiling },
          },
        ]
      : [],
  )

function sharingCauses({ whole, departments, teams }: Guarded): Cause[] {
  const found: Cause[] = []
  const base = { subject: '', about: null, level: 'act' as const }
  if (whole.sharing.alarm && whole.sharing.top)
    found.push({
      ...{ ...base, cause: 'one-person' },
      facts: { percent: percent(whole.sharing.top.share), people: whole.people.length },
    })
  // Where one person does it all, that one department does is no news.
  else if (departments.alarm && departments.top) {
    const { person: id, share } = departments.top
    const name = teams.find(({ departmentId }) => (departmentId ?? '') === id)?.name ?? ''
    found.push({ ...base, cause: 'one-department', facts: { department: name, percent: percent(share) } })
  }
  return found
}

function outletCauses({ opened, dormant, visibility, quitting }: Guarded, { openedDays, gapHours }: Limits): Cause[] {
  const found: Cause[] = dormant.map(({ outlet, days, neverUsed }) => ({
    ...{ cause: 'dormant', subject: outlet.id, about: null, level: 'watch' },
    facts: { account: outlet.name, days, never: neverUsed ? 1 : 0 },
  }))
  if (opened.alarm) {
    const facts = { count: opened.opened.length, days: openedDays, names: namesOf(opened.opened) }
    found.push({ cause: 'over-extension', subject: '', about: null, level: 'act', facts })
  }
  // Who has quit is told so, and who never began is told of accounts that nobody uses.
  const gap = visibility.gaps.at(-1)
  const goesOn = gap !== undefined && visibility.until - gap.to < 1000
  if (goesOn && !quitting.quit && quitting.activeDays > 0) {
    const hours = Math.floor((gap.to - gap.from) / 3_600_000)
    if (hours >= gapHours)
      found.push({ cause: 'invisible', subject: '', about: null, level: 'watch', facts: { hours } })
  }
  return found
}

function patternCauses({ sprint, quitting }: Guarded): Cause[] {
  const found: Cause[] = []
  const base = { subject: '', about: null }
  if (sprint.level !== 'steady')
    found.push({
      ...{ ...base, cause: 'sprint', level: sprint.level === 'intervene' ? 'act' : 'watch' },
      facts: {
        points: sprint.points,
        reasons: sprint.reasons.map(({ says }) => says).join('. '),
        todo: sprint.interventions.map(({ says }) => says).join(' '),
      },
    })
  if (quitting.quit) found.push({ ...base, cause: 'quit', level: 'act', facts: { days: quitting.silentDays ?? 0 } })
  return found
}

function moneyCausesOf({ money }: Guarded): Cause[] {
  return money.flatMap(({ year, currency, lines }) =>
    lines
      .filter(({ state }) => state !== 'fits')
      .map((line): Cause => {
        const text = (amount: number) => moneyText(Math.round(amount), currency)
        return {
          cause: line.kind === 'time' ? 'budget-time' : 'budget-line',
          ...{ subject: `${year} ${line.key}`, about: null, level: line.state === 'above' ? 'act' : 'watch' },
          facts: {
            ...{ year, line: line.names.join(' and '), kind: line.kind, plan: text(line.plan) },
            ...{ actual: text(line.actual), committed: line.committed > 0 ? text(line.committed) : '' },
            forecast: line.state === 'above' || line.forecast === null ? '' : text(line.forecast),
          },
        }
      }),
  )
}

const percent = (share: number): number => Math.round(share * 100)
const tenths = (value: number): number => Math.round(value * 10) / 10

/** So many names that a sentence can hold. */
const mostNames = 6
function namesOf(outlets: readonly { name: string }[]): string {
  const names = outlets.slice(0, mostNames).map(({ name }) => name)
  return outlets.length > mostNames ? `${names.join(', ')} and ${outlets.length - mostNames} more` : names.join(', ')
}
