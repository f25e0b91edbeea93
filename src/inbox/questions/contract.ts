// Routes of questions that one department asks another inside a conversation; nobody outside sees them.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

const words = z.string().trim().min(1).max(4000)

export const questionView = z.object({
  id: z.uuid(),
  conversation: z.object({ id: z.uuid(), with: z.string(), preview: z.string() }),
  department: z.object({ id: z.uuid(), name: z.string() }),
  askedOf: person.nullable().describe('null: of the department'),
  question: z.string(),
  askedAt: instant,
  askedBy: person.nullable(),
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
  answeredBy: person.nullable(),
  withdrawnAt: instant.nullable(),
})

const path = '/orgs/{org}'
const inside = byId.extend({ questionId: z.uuid() })

export const questionsContract = {
  questions: {
    open: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/questions`,
        summary: 'Questions that wait for an answer of my department, or of the one that is named; the oldest first',
      })
      .input(pageInput.extend({ departmentId: z.uuid().optional() }))
      .output(pageOf(questionView)),
    count: route('inbox.read')
      .route({ method: 'GET', path: `${path}/questions/count`, summary: 'How many wait for my department' })
      .input(inOrgInput)
      .output(z.object({ ofMyDepartment: z.int() })),
    list: route('inbox.read')
      .route({
        method: 'GET',
        path: `${path}/conversations/{id}/questions`,
        summary: 'What departments asked each other in it, the oldest first',
      })
      .input(byId)
      .output(z.array(questionView)),
    ask: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/conversations/{id}/questions`,
        successStatus: 201,
        summary: 'Ask another department; the conversation stays where it is, and nobody outside sees it',
      })
      .input(byId.extend({ departmentId: z.uuid(), memberId: z.uuid().nullable().default(null), question: words }))
      .output(questionView),
    answer: route('inbox.handle')
      .route({
        method: 'POST',
        path: `${path}/conversations/{id}/questions/{questionId}/answer`,
        summary: 'Answer it, for those who asked',
      })
      .input(inside.extend({ answer: words }))
      .output(questionView),
    withdraw: route('inbox.handle')
      .route({
        method: 'DELETE',
        path: `${path}/conversations/{id}/questions/{questionId}`,
        summary: 'Take a question back that nobody has answered',
      })
      .input(inside)
      .output(questionView),
  },
}
