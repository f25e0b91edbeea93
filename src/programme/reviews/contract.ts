// Routes of reviews: made by hand, read, decided line by line, undone; what was stopped and whether that was right.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { goalUnits } from '../worth/types.ts'
import { decisions, evidence, findings, move, proposals } from './types.ts'

export const verdictView = z.object({
  id: z.uuid(),
  channel: z.string(),
  channelName: z.string(),
  activity: z.string(),
  evidence,
  proposal: z.enum(proposals),
  words: z.string().describe('Why, in sentences'),
  decision: z.enum(decisions).nullable(),
  reason: z.string().nullable(),
  decidedAt: instant.nullable(),
  decidedBy: person.nullable(),
  moved: z.array(move).nullable().describe('Where its minutes went; null: nowhere'),
  planNumber: z.number().int().nullable().describe('The version of the plan that the decision made'),
})

export const reviewView = z.object({
  id: z.uuid(),
  month: z.string().describe('Like 2027-02'),
  unit: z.enum(goalUnits),
  madeAt: instant,
  madeBy: person.nullable().describe('null: Longrun, on the first working day of the month'),
  isNewest: z.boolean().describe('Only of the newest one lines are decided'),
  verdicts: z.array(verdictView),
})

export const stopView = z.object({
  id: z.uuid(),
  channel: z.string(),
  channelName: z.string(),
  activity: z.string(),
  name: z.string(),
  unit: z.enum(goalUnits),
  anHour: z.object({ likely: z.number(), low: z.number(), high: z.number() }),
  minutesWeekly: z.number().describe('That it took'),
  moved: z.array(move),
  reason: z.string(),
  stoppedAt: instant,
  stoppedBy: person.nullable(),
  retestOn: day,
  finding: z.enum(findings).nullable().describe('Whether it was right; null: not looked yet'),
  findingWords: z.string().nullable(),
  endedAt: instant.nullable(),
  endedHow: z.enum(['undone', 'tried-again']).nullable(),
})

export const reviewsView = z.object({
  today: day,
  nextOn: day.nullable().describe('When Longrun makes the next one; null: no programme goes on'),
  reviews: z.array(reviewView).describe('The last twelve, newest first'),
  stops: z.array(stopView).describe('Those in force first'),
})

const path = '/orgs/{org}/programme/reviews'

export const reviewsContract = {
  lineReviews: {
    read: route('programme.read')
      .route({
        method: 'GET',
        path,
        summary: 'What to keep, stop or shift, what was decided, and whether it was right',
      })
      .input(inOrgInput)
      .output(reviewsView),
    make: route('programme.lead')
      .route({ method: 'POST', path, successStatus: 201, summary: 'Review all lines now, beside the monthly one' })
      .input(inOrgInput)
      .output(reviewsView),
    decide: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/verdicts/{id}/decide`,
        summary: 'Keep, shift or stop a line, with the reason; the plan follows by a new version',
      })
      .input(
        byId.extend({
          decision: z.enum(decisions),
          reason,
          move: z
            .boolean()
            .default(true)
            .describe('Whether its minutes go where the evidence says; otherwise they stay free'),
        }),
      )
      .output(reviewsView),
    undo: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/verdicts/{id}/undo`,
        summary: 'Undo a decision; the plan from before comes back where nobody has changed it since',
      })
      .input(byId)
      .output(reviewsView),
    tryAgain: route('programme.lead')
      .route({ method: 'POST', path: `${path}/stops/{id}/try-again`, summary: 'It may be planned again' })
      .input(byId)
      .output(reviewsView),
    stopOn: route('programme.lead')
      .route({ method: 'POST', path: `${path}/stops/{id}/stop-on`, summary: 'It stays stopped after all' })
      .input(byId)
      .output(reviewsView),
  },
}
