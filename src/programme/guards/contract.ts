// Routes of guards: load of teams and, for those who may, of people; alarms with what to do, and what people answer.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { answers, levels } from './types.ts'

const minutes = z.object({
  logged: z.number().describe('By timer or typed'),
  estimated: z
    .number()
    .describe('Marked as an estimate, or told from what went out and nobody wrote down: at least so much'),
})
const week = minutes.extend({ monday: day })
const dayMinutes = minutes.extend({ day })

const heaviness = z.object({
  ratio: z.number().nullable().describe('The last whole week ÷ the mean of up to four before it; null: not known'),
  monotony: z.number().nullable().describe('Mean ÷ scatter of the last seven days; null: nothing done, or all alike'),
  tooEven: z.boolean(),
  risk: z.object({ level: z.enum(['calm', 'watch', 'act']), reasons: z.array(z.string()) }),
  weeks: z.array(week).describe('Twelve whole weeks and the one that goes on, oldest first'),
  days: z.array(dayMinutes).describe('The last 14 days, today among them'),
  ceiling: z.number(),
  isOver: z.boolean().describe('In the last whole week or already in this one'),
})

export const sharing = z.object({
  people: z.number().int(),
  minutes: z.number(),
  concentration: z.number().nullable().describe('0: shared evenly; 1: all on one. null: nothing was done'),
  busFactor: z.number().int().nullable().describe('The fewest who carry half of it'),
  topShare: z.number().nullable().describe('Share of whoever does most'),
  alarm: z.boolean(),
})

export const teamView = heaviness.extend({
  departmentId: z.uuid().nullable(),
  name: z.string().describe('Empty: people without a department'),
  people: z.number().int(),
  peopleOver: z.number().int().describe('Of them above their ceiling'),
  ceilingsAssumed: z.number().int().describe('Of them, who never said how much they give'),
  sharing: sharing.nullable().describe('null: too few people to speak of it without naming one'),
})

export const personView = heaviness.extend({
  id: z.uuid(),
  name: z.string(),
  department: z.string().nullable(),
  ceilingAssumed: z.boolean(),
})

const outletView = z.object({
  id: z.uuid(),
  name: z.string(),
  openedOn: day,
  lastActive: day.nullable().describe('Of a post or a reply; null: there never was one'),
  isNew: z.boolean().describe('Counts as opened lately'),
  dormantDays: z.number().int().nullable().describe('null: it is in use'),
})

export const guardsView = z.object({
  today: day,
  isWatched: z.boolean().describe('A programme goes on: alarms are made each night'),
  whole: teamView,
  teams: z.array(teamView).describe('Those with fewer than three people stand together for whoever may not see people'),
  mine: personView.nullable(),
  departments: sharing.nullable(),
  sprint: z.object({
    points: z.number().int(),
    level: z.enum(['steady', 'watch', 'intervene']),
    reasons: z.array(z.object({ reason: z.string(), points: z.number().int(), says: z.string() })),
    interventions: z.array(z.object({ kind: z.string(), says: z.string() })),
  }),
  hasQuit: z.boolean(),
  outlets: z.array(outletView),
  overExtended: z.boolean(),
  visible: z.number().nullable().describe('Share of the last four weeks in which somebody could be seen'),
  gaps: z.array(z.object({ from: instant, to: instant })).describe('Times of them with nothing alive and no reply'),
  assumedCeiling: z.number().describe('Minutes a week, of whoever never said how much they give'),
})

export const alarmView = z.object({
  id: z.uuid(),
  cause: z.string(),
  level: z.enum(levels).describe('`act`: something should change now'),
  says: z.string(),
  todo: z.string(),
  about: person.nullable().describe('Whose figures are in it; null: everybody may read it'),
  raisedAt: instant,
  grewAt: instant.nullable(),
  endedAt: instant.nullable(),
  answer: z.enum(answers).nullable(),
  reason: z.string().nullable(),
  answeredAt: instant.nullable(),
  answeredBy: person.nullable(),
  askAgainAt: instant.nullable(),
  isMine: z.boolean().describe('It waits for whoever asks'),
  mayAnswer: z.boolean(),
})

const path = '/orgs/{org}/programme/guards'

export const guardsContract = {
  guards: {
    read: route('programme.read')
      .route({ method: 'GET', path, summary: 'Load and risk of teams, accounts and weeks, and my own load' })
      .input(inOrgInput)
      .output(guardsView),
    people: route('programme.people')
      .route({ method: 'GET', path: `${path}/people`, summary: 'Load of each person, the heaviest first' })
      .input(inOrgInput)
      .output(z.array(personView)),
    check: route('programme.lead')
      .route({ method: 'POST', path: `${path}/check`, summary: 'Look now, as each night: alarms are made and ended' })
      .input(inOrgInput)
      .output(z.array(alarmView)),
    sayOpened: route('programme.lead')
      .route({
        method: 'PUT',
        path: `${path}/outlets/{id}`,
        summary: 'Say when an account was opened, where that was before it was connected; null: as it was connected',
      })
      .input(byId.extend({ openedOn: day.nullable() }))
      .output(guardsView),
    alarms: route('programme.read')
      .route({ method: 'GET', path: `${path}/alarms`, summary: 'Alarms: open ones, or also the last that ended' })
      .input(inOrgInput.extend({ state: z.enum(['open', 'all']).default('open') }))
      .output(z.array(alarmView)),
    answer: route('programme.log')
      .route({
        method: 'POST',
        path: `${path}/alarms/{id}/answer`,
        summary: 'Done (asked again after some days if it is still so), no problem for a reason, or later',
      })
      .input(
        byId.extend({
          answer: z.enum(answers),
          reason: z.string().trim().max(2000).default('').describe('Needed where it is no problem'),
          until: day.optional().describe('Later: from which day on it is asked again; a week where nothing is said'),
        }),
      )
      .output(alarmView),
    unanswer: route('programme.log')
      .route({ method: 'POST', path: `${path}/alarms/{id}/unanswer`, summary: 'Take the answer back' })
      .input(byId)
      .output(alarmView),
  },
}
