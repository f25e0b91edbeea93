// Routes of sessions: what I do now, my week, everybody's days, and what becomes of each.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { dutyKinds } from '../duties/types.ts'
import { leastMinutes, mostMinutes } from '../time/types.ts'
import { reason } from '../types.ts'
import { sessionView, stepView } from './types.ts'

const dayView = z.object({
  day,
  off: z
    .enum(['holiday', 'absence'])
    .nullable()
    .describe('Why there is no time on it; null: there is, or it is no working day'),
  duties: z
    .array(z.object({ id: z.uuid(), kind: z.enum(dutyKinds), note: z.string() }))
    .describe('On call, at an event, in a drill'),
  isRecovery: z.boolean().describe('The next working day after duty: half of the usual at most'),
  planned: z.number().describe('Minutes of sessions that stand on it, done ones included'),
  done: z.number().describe('Minutes that were written down, estimated ones included'),
})

const withoutPlace = z
  .array(
    z.object({
      activity: z.string(),
      channel: z.string().nullable(),
      count: z.number().int(),
      minutes: z.number().describe('Of all of them'),
      reason: z.string(),
      says: z.string(),
    }),
  )
  .describe('What the plan asks for in this week and nobody has room for, with the reason')

const week = day.describe('Any day of the week; absent: this week').optional()

const share = {
  week: day.describe('Its Monday'),
  today: day,
  planned: z
    .number()
    .nullable()
    .describe('Minutes that the plan gives to the week; null: it is over, or too far ahead'),
  atSide: z.number().describe('Minutes of this week at the side of people who learn; they come off the planned ones'),
  ceiling: z.number().int().nullable(),
  isAssumed: z.boolean().describe('Nobody said when this person works: Monday to Friday, 9 to 17, is taken'),
}

const weekView = z.object({
  ...share,
  days: z.array(dayView.extend({ sessions: z.array(sessionView) })),
  withoutPlace,
  changes: z.array(stepView).describe('What changed in them in the last two weeks, newest first'),
})

export const realignmentView = z.object({
  id: z.uuid(),
  proposedAt: instant,
  because: z.enum(['missed', 'gap']),
  missed: z.number().int().describe('Sessions missed within two weeks'),
  gapDays: z.number().int().nullable().describe('Days since anything was done'),
  minutes: z.number().describe('What weeks would begin with'),
  before: z.number().describe('What the week had by the plan in force'),
  answeredAt: instant.nullable(),
  answeredBy: person.nullable(),
  isAccepted: z.boolean().nullable(),
  reason: z.string().nullable(),
  version: z.number().int().nullable().describe('The version of the plan that came of it'),
})

export const path = '/orgs/{org}/programme/sessions'
export const done = z.object({ session: sessionView })

export const sessionsContract = {
  sessions: {
    now: route('programme.read')
      .route({
        method: 'GET',
        path: `${path}/now`,
        summary: 'What I can do now in the minutes that I have: what is due first, key before light',
      })
      .input(inOrgInput.extend({ minutes: z.coerce.number().int().min(1).max(mostMinutes).default(15) }))
      .output(
        z.object({
          today: day,
          takesPart: z.boolean().describe('The plan has sessions for me'),
          hasPlan: z.boolean(),
          fits: z.array(z.uuid()).describe('Sessions that fit together, in order'),
          open: z.array(sessionView).describe('Of today, then those of later days that may be done now'),
          done: z.array(sessionView).describe('Of today'),
          least: z.number().nullable().describe('Minutes of the shortest open one'),
          next: sessionView.nullable().describe('The next one of another day'),
        }),
      ),
    week: route('programme.read')
      .route({ method: 'GET', path: `${path}/week`, summary: 'My sessions of a week, by day' })
      .input(inOrgInput.extend({ week }))
      .output(weekView),
    ofMember: route('programme.lead')
      .route({ method: 'GET', path: `${path}/of/{member}`, summary: 'Sessions of somebody else in a week, by day' })
      .input(inOrgInput.extend({ member: z.uuid(), week }))
      .output(weekView),
    everybody: route('programme.lead')
      .route({ method: 'GET', path: `${path}/everybody`, summary: 'The days of everybody who takes part' })
      .input(inOrgInput.extend({ week }))
      .output(
        z.object({
          ...{ week: share.week, today: day },
          people: z.array(
            z.object({
              person,
              ...{ planned: share.planned, atSide: share.atSide, ceiling: share.ceiling, isAssumed: share.isAssumed },
              days: z.array(dayView),
            }),
          ),
          withoutPlace,
          changes: z.array(stepView.extend({ from: person.nullable(), to: person.nullable() })),
        }),
      ),
    done: route('programme.log')
      .route({
        method: 'POST',
        path: `${path}/{id}/done`,
        summary: 'I did it; without minutes those planned are taken, as estimated',
      })
      .input(byId.extend({ minutes: z.number().min(leastMinutes).max(mostMinutes).optional() }))
      .output(done),
    start: route('programme.log')
      .route({ method: 'POST', path: `${path}/{id}/start`, summary: 'My timer runs for it; stopped, it is done' })
      .input(byId)
      .output(done),
    skip: route('programme.log')
      .route({ method: 'POST', path: `${path}/{id}/skip`, summary: 'I leave it out, and why' })
      .input(byId.extend({ reason: z.string().trim().min(3).max(500) }))
      .output(done),
    reopen: route('programme.log')
      .route({ method: 'POST', path: `${path}/{id}/reopen`, summary: 'It was a slip: not done, or not left out' })
      .input(byId)
      .output(done),
    move: route('programme.log')
      .route({
        method: 'POST',
        path: `${path}/{id}/move`,
        summary: 'I do it on another day; the rules of days and weeks may say no',
      })
      .input(byId.extend({ day }))
      .output(done),
    moveBack: route('programme.log')
      .route({ method: 'POST', path: `${path}/{id}/move-back`, summary: 'It stands where it stood before I moved it' })
      .input(byId)
      .output(done),
    realignments: route('programme.read')
      .route({ method: 'GET', path: `${path}/realignments`, summary: 'Proposals to go on with less, newest first' })
      .input(inOrgInput)
      .output(z.array(realignmentView)),
    answerRealignment: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/realignments/{id}`,
        summary: 'Go on with less, or as planned; with the reason',
      })
      .input(byId.extend({ isAccepted: z.boolean(), reason }))
      .output(realignmentView),
  },
}
