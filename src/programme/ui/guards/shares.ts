// How the work of the last weeks lies on departments. Pure.

import { teamName } from './guard-words.ts'
import type { Guards } from './guards-page.tsx'

export type Team = Guards['teams'][number]

/** More colours than these nobody tells apart. */
const mostShown = 5
/** The four whole weeks before, and the one that goes on. */
const weeksShared = 5

interface Share {
  name: string
  share: number
  people: number
}

/** Largest first; the smallest ones together. Empty: there is nothing to compare. */
export function sharesOf(teams: readonly Team[]): Share[] {
  const sums = teams
    .map((team) => ({
      ...{ name: teamName(team.name), people: team.people },
      minutes: team.weeks.slice(-weeksShared).reduce((sum, week) => sum + week.logged + week.estimated, 0),
    }))
    .sort((a, b) => b.minutes - a.minutes)
  const all = sums.reduce((sum, { minutes }) => sum + minutes, 0)
  if (all === 0 || sums.length < 2) return []
  const shareOf = (minutes: number) => minutes / all
  const shown = sums.length > mostShown + 1 ? sums.slice(0, mostShown) : sums
  const rest = sums.slice(shown.length)
  const together = {
    name: 'The others together',
    share: shareOf(rest.reduce((sum, { minutes }) => sum + minutes, 0)),
    people: rest.reduce((sum, { people }) => sum + people, 0),
  }
  return [
    ...shown.map(({ name, minutes, people }) => ({ name, share: shareOf(minutes), people })),
    ...(rest.length > 0 ? [together] : []),
  ]
}
