// What guards found, as the API shows it: of teams for everybody, of people for themselves and those who run the organisation.

import type { z } from 'zod'
import { addDays } from '../../lib/days.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { Sharing } from '../load/guards/sharing.ts'
import type { guardsView, personView, sharing, teamView } from './contract.ts'
import { foldTeams, type Guarded, type GuardFacts, type PersonLoad, type TeamLoad } from './judge.ts'
import type { Days } from './loads.ts'
import { riskOf } from './rules.ts'
import { fewestInTeam } from './types.ts'

type Shown = z.infer<typeof guardsView>

const daysShown = 14

interface Viewer {
  memberId: string
  seesPeople: boolean
  isWatched: boolean
  settings: LoadSettings
}

export function guardsShown(
  facts: GuardFacts,
  guarded: Guarded,
  { memberId, seesPeople, isWatched, settings }: Viewer,
): Shown {
  const { today } = facts
  const teams = seesPeople ? guarded.teams : foldTeams(guarded.teams, fewestInTeam, today, settings)
  const isFew = !seesPeople && guarded.people.length < fewestInTeam
  const own = guarded.people.find(({ id }) => id === memberId)
  const dormant = new Map(guarded.dormant.map(({ outlet, days }) => [outlet.id, days]))
  const fresh = new Set(guarded.opened.opened.map(({ id }) => id))
  return {
    ...{ today, isWatched, hasQuit: guarded.quitting.quit, sprint: guarded.sprint },
    assumedCeiling: settings.ceiling,
    whole: teamShown(guarded.whole, { today, isFew, settings }),
    teams: teams.map((team) => teamShown(team, { today, isFew: false, settings })),
    mine: own ? personShown(own, facts, settings) : null,
    departments: isFew ? null : sharingShown(guarded.departments),
    outlets: facts.outlets.map(({ id, name, opened, lastActive }) => ({
      ...{ id, name, openedOn: opened, lastActive, isNew: fresh.has(id), dormantDays: dormant.get(id) ?? null },
    })),
    overExtended: guarded.opened.alarm,
    visible: guarded.visibility.visible,
    gaps: guarded.visibility.gaps.map(({ from, to }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    })),
  }
}

const lastDays = (days: Days, today: string) =>
  Array.from({ length: daysShown }, (_, index) => {
    const day = addDays(today, index - daysShown + 1)
    return { day, ...(days.get(day) ?? { logged: 0, estimated: 0 }) }
  })

const sharingShown = ({ top, ...rest }: Sharing): z.infer<typeof sharing> => ({ ...rest, topShare: top?.share ?? null })

function teamShown(
  team: TeamLoad,
  { today, isFew, settings }: { today: string; isFew: boolean; settings: LoadSettings },
): z.infer<typeof teamView> {
  const { departmentId, name, ratio, monotony, tooEven, weeks, ceiling, ceilingsAssumed, isOver } = team
  const peopleOver = isFew ? 0 : team.people.filter((person) => person.isOver).length
  const sharing = isFew ? null : sharingShown(team.sharing)
  return {
    ...{ departmentId, name, ratio, monotony, tooEven, weeks, ceiling, ceilingsAssumed, isOver },
    ...{ people: team.people.length, peopleOver, sharing, days: lastDays(team.days, today) },
    risk: riskOf({ isOver, ratio, tooEven, peopleOver, sharing }, settings),
  }
}

export function personShown(
  { id, name, departmentId, ratio, monotony, tooEven, weeks, days, ceiling, ceilingAssumed, isOver }: PersonLoad,
  { departments, today }: GuardFacts,
  settings: LoadSettings,
): z.infer<typeof personView> {
  const department = departmentId === null ? null : (departments.get(departmentId) ?? null)
  return {
    ...{ id, name, department, ratio, monotony, tooEven, weeks, ceiling, ceilingAssumed, isOver },
    ...{ days: lastDays(days, today), risk: riskOf({ isOver, ratio, tooEven }, settings) },
  }
}
