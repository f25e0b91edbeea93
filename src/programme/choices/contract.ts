// Routes of choices: asked, followed, stopped, compared with what would be, put in force.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { planView } from '../plan/contract.ts'
import { reason } from '../types.ts'
import { goalUnits, knownBy } from '../worth/types.ts'
import { askedFacts, changeFacts, choiceStates } from './types.ts'

const lineView = z.object({
  line: z.string(),
  channel: z.string(),
  activity: z.string(),
  name: z.string().describe('One item in words: “short post on Harbour”'),
  known: z.enum(knownBy),
  minutes: z.number().describe('That one takes'),
  value: z.number().describe('Of the first one in a week'),
  now: z.number().describe('Items a week in the plan that was in force'),
  weeks: z.array(z.number().int()).describe('Items, week by week'),
  explored: z.number().int().describe('Of them, done to find out'),
  reason: z.string().nullable().describe('Why, in a sentence, in the first week that has it'),
})

const change = z.object({ line: z.string(), name: z.string(), before: z.number().int(), after: z.number().int() })

const conflictView = z.object({
  words: z.string(),
  wishes: z.array(z.object({ line: z.string(), name: z.string(), kind: z.string(), least: z.number() })),
})

export const choiceView = z.object({
  id: z.uuid(),
  state: z.enum(choiceStates),
  baseId: z.uuid().nullable().describe('The choice of which it shows what would be if; null: it is one of its own'),
  unit: z.enum(goalUnits),
  asked: askedFacts.required({ unit: true }).extend({ seed: z.number().int() }),
  askedAt: instant,
  askedBy: person.nullable(),
  endedAt: instant.nullable(),
  progress: z.object({ done: z.number(), of: z.number(), value: z.number(), bound: z.number().nullable() }).nullable(),
  planNumber: z.number().int().nullable().describe('The version of the plan that was in force'),
  kept: z.array(z.string()).describe('In the plan, and nobody knows what they bring: they stay as they are'),
  unable: z.array(z.string()).describe('What nobody may do, and what to do about it'),
  leftOut: z.array(z.string()).describe('Nobody knows what they bring'),
  people: z
    .array(z.object({ memberId: z.uuid(), name: z.string(), there: z.array(z.number()), used: z.array(z.number()) }))
    .describe('Those who lead read everybody’s minutes; others their own'),
  plan: z
    .object({
      value: z.number(),
      bound: z.number().describe('No plan is worth more'),
      gap: z.number().describe('Share of the bound that may be missing'),
      by: z.enum(['solver', 'greedy']),
      ended: z.enum(['done', 'time']),
      exploreShare: z.number(),
      lines: z.array(lineView),
      gaveWay: z
        .array(z.string())
        .describe('Lines that fall further than a review permits, since nothing fitted otherwise'),
      displaced: z.array(change).describe('Against the plan that was in force, over all weeks'),
      adoption: z
        .object({
          isAdopted: z.boolean(),
          because: z.enum(['broken', 'better', 'leads', 'not-better']),
          gain: z.number(),
          words: z.string(),
        })
        .nullable()
        .describe('Whether it is worth a change; null: no plan was in force'),
    })
    .nullable(),
  conflict: conflictView.nullable(),
  whatIf: z
    .object({
      change: changeFacts,
      words: z.string(),
      before: z.number(),
      after: z.number().nullable().describe('null: no plan fits then'),
      lines: z.array(change).describe('All lines, over all weeks'),
    })
    .nullable(),
  putAt: instant.nullable(),
  putBy: person.nullable(),
  putNumber: z.number().int().nullable(),
})

const path = '/orgs/{org}/programme/choices'

export const choicesContract = {
  choices: {
    list: route('programme.read')
      .route({ method: 'GET', path, summary: 'The last choices of the planner and what would be if, newest first' })
      .input(inOrgInput)
      .output(z.array(choiceView)),
    read: route('programme.read')
      .route({ method: 'GET', path: `${path}/{id}`, summary: 'One of them, with how far it is' })
      .input(byId)
      .output(choiceView),
    ask: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Let the planner choose: it works in the background; read the choice until it is made',
      })
      .input(inOrgInput.extend(askedFacts.shape))
      .output(choiceView),
    stop: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/stop`, summary: 'Stop the planner; nothing is kept of it' })
      .input(byId)
      .output(choiceView),
    whatIf: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/what-if`,
        successStatus: 201,
        summary: 'What would be if: the same question with one change, side by side with it',
      })
      .input(byId.extend({ change: changeFacts }))
      .output(choiceView),
    put: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/put`,
        summary:
          'Put it in force as a new version of the plan; refused where it is not worth a change, unless somebody decides so',
      })
      .input(
        byId.extend({
          reason,
          anyway: z.boolean().default(false).describe('Though it is not worth a change; the reason says why'),
        }),
      )
      .output(planView),
  },
}
