// Routes of trainings in speaking with people, and of what an organisation asks of answers.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { drillWanted } from '../drills/types.ts'
import { approvals } from '../replies/types.ts'

const trainingFacts = z.object({
  memberId: z.uuid(),
  topic: z.string().trim().min(1).max(200).describe('What was learned'),
  trainer: z.string().trim().min(1).max(200).describe('Who taught it'),
  givenOn: day,
  until: day.nullable().default(null).describe('The last day on which it counts; null: for good'),
  note: z.string().trim().max(2000).default(''),
  drill: drillWanted.nullable().default(null).describe('It counts once a drill like this is passed; null: at once'),
})

export const trainingView = trainingFacts.omit({ memberId: true }).extend({
  id: z.uuid(),
  member: person,
  state: z.enum(['ahead', 'drill', 'counts', 'over', 'ended']).describe('drill: it counts once a drill is passed'),
  isDrilled: z.boolean().describe('It asks for no drill, or one is passed'),
  recordedAt: instant,
  recordedBy: person.nullable(),
  endedAt: instant.nullable().describe('Somebody took it back'),
})

export const standingView = z.object({
  member: person,
  mayAnswer: z.boolean(),
  isTrained: z.boolean(),
  until: z.string().nullable().describe('The last day on which one of theirs counts; null: for good, or none'),
  needsApproval: z.boolean().describe('Their answers wait for somebody’s consent'),
})

export const rulesView = z.object({
  leastChanged: z
    .number()
    .int()
    .min(0)
    .max(100)
    .describe('Words of a draft that a person has to change before it is sent; 0: none'),
  approval: z
    .enum(approvals)
    .describe('Whose answers wait: nobody’s, or those of people without a training that counts'),
})

const path = '/orgs/{org}/trainings'

export const trainingsContract = {
  trainings: {
    list: route('inbox.read')
      .route({ method: 'GET', path, summary: 'Trainings, the latest first' })
      .input(pageInput.extend({ memberId: z.uuid().optional() }))
      .output(pageOf(trainingView)),
    standing: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/standing`,
        summary: 'Everybody, and whether a training of theirs counts today',
      })
      .input(inOrgInput)
      .output(z.array(standingView)),
    record: route('inbox.train')
      .route({ method: 'POST', path, successStatus: 201, summary: 'Somebody was trained' })
      .input(inOrgInput.extend(trainingFacts.shape))
      .output(trainingView),
    askForDrill: route('inbox.train')
      .route({
        method: 'PUT',
        path: `${path}/{id}/drill`,
        summary: 'Ask for a drill before it counts, for another one, or for none',
      })
      .input(byId.extend({ drill: drillWanted.nullable() }))
      .output(trainingView),
    end: route('inbox.train')
      .route({ method: 'POST', path: `${path}/{id}/end`, summary: 'It does not count any more; it stays on record' })
      .input(byId)
      .output(trainingView),
    resume: route('inbox.train')
      .route({ method: 'POST', path: `${path}/{id}/resume`, summary: 'It counts again' })
      .input(byId)
      .output(trainingView),
  },
  answerRules: {
    read: route('inbox.read')
      .route({ method: 'GET', path: '/orgs/{org}/answer-rules', summary: 'What is asked of answers' })
      .input(inOrgInput)
      .output(rulesView),
    // A program that may not send must not make that easier either.
    change: route('inbox.rule', { inPerson: true })
      .route({ method: 'PUT', path: '/orgs/{org}/answer-rules', summary: 'Ask something else of answers from now on' })
      .input(inOrgInput.extend(rulesView.shape))
      .output(rulesView),
  },
}
