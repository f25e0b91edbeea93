// Routes of drills: practice messages that somebody answers, and others judge. Nothing of it can be sent.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { ways } from '../triage/types.ts'
import { drillWanted, exerciseKinds } from './types.ts'

export const drillAnswerView = z.object({
  id: z.uuid(),
  position: z.number().int(),
  words: z.string().describe('What somebody says'),
  way: z.enum(ways).nullable().describe('What to do with it, by whoever answered'),
  answer: z.string().describe('What they would say'),
  answeredAt: instant.nullable(),
  exercise: z
    .object({
      kind: z.enum(exerciseKinds),
      title: z.string(),
      way: z.enum(ways).nullable().describe('What you would do with it; null: whoever judges decides'),
      good: z.string().describe('What a good answer does'),
    })
    .nullable()
    .describe('null: whoever answers learns it once the drill is judged'),
  passed: z.boolean().nullable().describe('null: not judged, or not told before all of it is'),
  note: z.string(),
  judgedAt: instant.nullable(),
  judgedBy: person.nullable(),
})

export const drillLine = z.object({
  id: z.uuid(),
  member: person,
  exercises: z.number().int(),
  pass: z.number().int().describe('So many have to pass'),
  begunAt: instant,
  handedInAt: instant.nullable(),
  endedAt: instant.nullable().describe('When the last of it was judged'),
  passes: z.number().int().nullable(),
  passed: z.boolean().nullable().describe('null: not all of it is judged'),
})

export const drillView = drillLine.extend({
  mayJudge: z.boolean().describe('Whether you may: nobody judges their own'),
  items: z.array(drillAnswerView),
})

export const mineView = z.object({
  open: drillLine.nullable(),
  asked: drillWanted.nullable().describe('What trainings of yours wait for; null: none does, and a drill is practice'),
  topics: z.array(z.string()).describe('Of those trainings'),
  next: drillWanted.describe('What a drill would have that you begin now'),
  judges: z.number().int().describe('How many others may judge you'),
})

const path = '/orgs/{org}/drills'
const one = byId.extend({ answerId: z.uuid() })
// A program practises for nobody, and judges nobody.
const inPerson = { inPerson: true } as const

export const drillsContract = {
  drills: {
    list: route('inbox.drill')
      .route({ method: 'GET', path, summary: 'Drills, begun last first; of others for those alone who may judge' })
      .input(pageInput.extend({ memberId: z.uuid().optional() }))
      .output(pageOf(drillLine)),
    mine: route('inbox.drill')
      .route({ method: 'GET', path: `${path}/mine`, summary: 'What you have begun, and what your trainings ask for' })
      .input(inOrgInput)
      .output(mineView),
    waiting: route('inbox.judge')
      .route({
        method: 'GET',
        path: `${path}/waiting`,
        summary: 'Drills of others that wait for judgement, oldest first',
      })
      .input(inOrgInput)
      .output(z.array(drillLine)),
    begin: route('inbox.drill', inPerson)
      .route({ method: 'POST', path, successStatus: 201, summary: 'Begin a drill of your own' })
      .input(inOrgInput)
      .output(drillView),
    read: route('inbox.drill')
      .route({ method: 'GET', path: `${path}/{id}`, summary: 'A drill with its practice messages' })
      .input(byId)
      .output(drillView),
    answer: route('inbox.drill', inPerson)
      .route({
        method: 'PUT',
        path: `${path}/{id}/answers/{answerId}`,
        summary: 'What you would do with it and say; it can be changed until you hand the drill in',
      })
      .input(one.extend({ way: z.enum(ways), answer: z.string().trim().max(4000).default('') }))
      .output(drillView),
    handIn: route('inbox.drill', inPerson)
      .route({ method: 'POST', path: `${path}/{id}/hand-in`, summary: 'Have it judged' })
      .input(byId)
      .output(drillView),
    judge: route('inbox.judge', inPerson)
      .route({
        method: 'PUT',
        path: `${path}/{id}/answers/{answerId}/judgement`,
        summary: 'It passes or not, with words for whoever answered; it can be judged anew',
      })
      .input(one.extend({ passed: z.boolean(), note: z.string().trim().min(1).max(2000) }))
      .output(drillView),
    unjudge: route('inbox.judge', inPerson)
      .route({
        method: 'DELETE',
        path: `${path}/{id}/answers/{answerId}/judgement`,
        summary: 'Take a judgement back: it waits again',
      })
      .input(one)
      .output(drillView),
  },
}
