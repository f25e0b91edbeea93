// The shapes of guards: what can be found, and what people answer to it. Runs in the browser.

import type { Verb } from '../../people/permissions.ts'

/** What an alarm is about; the first three are about one person. */
export const causes = [
  'ceiling',
  'ratio',
  'monotony',
  'team-ceiling',
  'one-person',
  'one-department',
  'over-extension',
  'dormant',
  'invisible',
  'sprint',
  'quit',
  'budget-line',
  'budget-time',
] as const
export type CauseName = (typeof causes)[number]

/** What they say is for those who may see the money; of time, for those who may know what an hour costs. */
export const moneyCauses = { 'budget-line': 'budget.read', 'budget-time': 'budget.rates' } as const satisfies Partial<
  Record<CauseName, Verb>
>

export const levels = ['watch', 'act'] as const
export type Level = (typeof levels)[number]

/** `done`: something was done about it. `no-problem`: it may stay so, for a reason. `later`: not today. */
export const answers = ['done', 'no-problem', 'later'] as const
export type Answer = (typeof answers)[number]

/** With fewer people in it a team's figures are those of single people: only who runs the organisation sees it by itself. */
export const fewestInTeam = 3
