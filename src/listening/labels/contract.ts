// Routes of labels by people: correcting a mention and undoing it, how often the machine is right, and what is learnt from it.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { mentionView } from '../mentions/contract.ts'
import { emotions, intents } from '../text/types.ts'
import { correctable, families, shareWithRange } from './types.ts'

const corrections = z.array(
  z.object({
    id: z.uuid(),
    label: z.enum(correctable),
    before: z.string().nullable(),
    after: z.string().nullable(),
    machine: z.string().nullable().describe('What the machine had said'),
    setId: z.uuid().nullable().describe('The coding set that it comes from; null: given on the mention itself'),
    at: instant,
    by: person,
    undoneAt: instant.nullable(),
  }),
)

const accuracy = z.object({
  n: z.number().int().describe('Texts drawn at random, coded by two people, settled'),
  figure: shareWithRange.nullable().describe('95 % range; null: too few'),
  sentence: z.string(),
})

const lessons = z.object({
  off: z.boolean().describe('Somebody turned it off; nothing is moved'),
  least: z.number().int().describe('Fewer coded texts than this teach nothing'),
  lessons: z.array(
    z.object({
      family: z.enum(families),
      looks: z.number().int(),
      used: z.boolean().describe('false: it did not help on texts held back, so nothing is moved'),
      right: z.object({ before: z.number(), after: z.number() }).describe('On texts held back in turn'),
      slope: z.number().describe('Below 1: the machine was too sure, above: too timid'),
      shifts: z
        .object({ negative: z.number(), neutral: z.number(), positive: z.number() })
        .describe('Above 0: said more readily than before'),
      learntAt: instant,
    }),
  ),
})

export const labelsContract = {
  labels: {
    correct: route('listening.answer')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/mentions/{id}/labels',
        summary:
          'Say how a mention is to be understood; what is named is set, the rest stays. The same again confirms it',
      })
      .input(
        byId.extend({
          sentiment: z.union([z.literal(-1), z.literal(0), z.literal(1)]).optional(),
          emotion: z.enum(emotions).optional(),
          intent: z.enum(['none', ...intents]).optional(),
          crisis: z.boolean().optional(),
          offensive: z.boolean().optional(),
          language: z
            .string()
            .regex(/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/)
            .optional()
            .describe('A code like en, hi-Latn, und'),
        }),
      )
      .output(z.object({ mention: mentionView, corrections: z.array(z.uuid()).describe('To undo them by') })),
    undo: route('listening.answer')
      .route({
        method: 'POST',
        path: '/orgs/{org}/mentions/{id}/labels/undo',
        summary: 'Take corrections back: what stood before them stands again',
      })
      .input(byId.extend({ corrections: z.array(z.uuid()).min(1).max(20) }))
      .output(mentionView),
    history: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/mentions/{id}/labels',
        summary: 'Who said what of a mention, newest first',
      })
      .input(byId)
      .output(corrections),
    accuracy: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/accuracy',
        summary:
          'How often the machine and people say the same of texts that were drawn at random and coded by two people',
      })
      .input(inOrgInput.extend({ topic: z.uuid().optional() }))
      .output(
        z.object({
          sentiment: accuracy,
          emotion: accuracy,
          intent: accuracy,
          adHoc: z
            .object({ corrected: z.number().int(), confirmed: z.number().int() })
            .describe('Given on single mentions; people correct what is wrong, so nothing can be measured by them'),
        }),
      ),
    lessons: route('listening.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/listening/lessons',
        summary: 'What was learnt from coded texts about the moods of this organisation’s mentions',
      })
      .input(inOrgInput)
      .output(lessons),
    useLessons: route('listening.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/listening/lessons',
        summary: 'Use what was learnt, or do not; what is stored already stays as it is',
      })
      .input(inOrgInput.extend({ off: z.boolean() }))
      .output(lessons),
  },
}
