// Routes of goals: judged while they are written, set, read day by day, ended with an outcome.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { goalDraft, measures, outcomes } from './types.ts'

const finding = z.object({
  field: z.enum(['title', 'measure', 'unit', 'baseline', 'target', 'dueOn']),
  code: z.string(),
  refused: z.boolean().describe('It cannot be set so; otherwise it is only told'),
  params: z.record(z.string(), z.number()),
})

const reading = z.object({
  day,
  value: z.number(),
  by: person.nullable().describe('null: Longrun read it'),
  note: z.string(),
})

const change = z.object({
  number: z.number().int(),
  at: instant,
  by: person.nullable(),
  reason: z.string(),
  was: z.object({ title: z.string(), baseline: z.number(), target: z.number(), dueOn: day, owner: person.nullable() }),
  isTakenBack: z.boolean(),
})

export const goalView = z.object({
  id: z.uuid(),
  title: z.string(),
  measure: z.enum(measures),
  unit: z.string(),
  baseline: z.number(),
  baselineHow: z.enum(['measured', 'stated']).describe('Whether Longrun read it or a person said it'),
  target: z.number(),
  dueOn: day,
  setAt: instant,
  setOn: day,
  setBy: person.nullable(),
  owner: person.nullable(),
  version: z.number().int(),
  way: z
    .array(z.object({ from: day, at: z.number(), target: z.number(), dueOn: day }))
    .describe('Its line in straight pieces, oldest first: each from what it stood at when it was changed'),
  changes: z.array(change).describe('Newest first'),
  standing: z.enum(['no-reading', 'reached', 'on-line', 'behind', 'overdue']),
  expected: z.number().describe('Where its line is today'),
  readings: z.array(reading).describe('Oldest first'),
  outcome: z.enum(outcomes).nullable(),
  endedAt: instant.nullable(),
  endedBy: person.nullable(),
  endReason: z.string().nullable(),
})

const path = '/orgs/{org}/programme/goals'
const ofDay = byId.extend({ day })
const { title, baseline, target, dueOn } = goalDraft.shape

export const goalsContract = {
  goals: {
    list: route('programme.read')
      .route({
        method: 'GET',
        path,
        summary: 'Goals of a programme: open ones by their dates, then those that ended',
      })
      .input(
        inOrgInput.extend({
          programme: z.uuid().optional().describe('One that ended; where none is named, the one that goes on'),
        }),
      )
      .output(z.array(goalView)),
    judge: route('programme.read')
      .route({
        method: 'POST',
        path: `${path}/judge`,
        summary: 'What a goal lacks, whether it is in reach, and what its measure is today; nothing is stored',
      })
      .input(inOrgInput.extend(goalDraft.shape))
      .output(
        z.object({
          findings: z.array(finding),
          today: z
            .number()
            .nullable()
            .describe('What Longrun reads of the measure, over the last four whole weeks; null: it cannot know'),
        }),
      ),
    set: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Set a goal; one that is vague is refused with what is missing',
      })
      .input(inOrgInput.extend({ ...goalDraft.shape, ownerId: z.uuid().nullable().default(null) }))
      .output(goalView),
    change: route('programme.lead')
      .route({
        method: 'PUT',
        path: `${path}/{id}`,
        summary: 'Change a goal, and why; what held before stays, and its line goes on from where it stands',
      })
      .input(
        byId.extend({
          ...{ title, baseline, target, dueOn, ownerId: z.uuid().nullable().default(null), reason },
          version: z.number().int().describe('The one that was seen'),
        }),
      )
      .output(goalView),
    takeBack: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/changes/{number}/take-back`,
        summary: 'Undo the last change that holds: the goal and its line are as before',
      })
      .input(byId.extend({ number: z.coerce.number().int().min(1).max(100_000) }))
      .output(goalView),
    note: route('programme.log')
      .route({
        method: 'PUT',
        path: `${path}/{id}/readings/{day}`,
        summary: 'What a goal stood at on a day; the last word of a day counts',
      })
      .input(ofDay.extend({ value: z.number().finite(), note: z.string().trim().max(300).default('') }))
      .output(goalView),
    removeReading: route('programme.log')
      .route({ method: 'DELETE', path: `${path}/{id}/readings/{day}`, summary: 'A reading counts no longer' })
      .input(ofDay)
      .output(goalView),
    restoreReading: route('programme.log')
      .route({ method: 'POST', path: `${path}/{id}/readings/{day}/restore`, summary: 'It counts again' })
      .input(ofDay)
      .output(goalView),
    end: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/end`, summary: 'Reached, missed or given up, and why' })
      .input(byId.extend({ outcome: z.enum(outcomes), reason }))
      .output(goalView),
    reopen: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/reopen`, summary: 'It is open again' })
      .input(byId)
      .output(goalView),
  },
}
