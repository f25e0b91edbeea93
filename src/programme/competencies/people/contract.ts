// Routes of who has which competency and by what, and of buddies with what that takes them.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../../lib/route.ts'
import { person } from '../../../people/person.ts'
import { buddyFacts, certificateFacts, certificateStates, proofs } from './types.ts'

export const certificateView = z.object({
  id: z.uuid(),
  competencyId: z.uuid(),
  competency: z.string(),
  member: person,
  since: day,
  until: day.nullable(),
  state: z.enum(certificateStates),
  how: z.enum(proofs),
  evidence: z.record(z.string(), z.unknown()).describe('As it was when the certificate was given'),
  givenAt: instant,
  givenBy: person.nullable(),
})

/** What could be certified now, and is not yet. */
const proofView = z.object({
  how: z.enum(proofs),
  proofId: z.uuid(),
  competencyId: z.uuid().nullable().describe('null: a training, for whichever competency it was'),
  member: person,
  says: z.string(),
  until: day.nullable(),
})

export const peopleView = z.object({
  today: day,
  certificates: z.array(certificateView).describe('Newest first; those that ended too'),
  proofs: z.array(proofView),
})

const pairView = z.object({
  id: z.uuid(),
  novice: person,
  buddy: person,
  minutesWeekly: z.number().int(),
  begunAt: instant,
})

export const buddiesView = z.object({
  pairs: z.array(pairView),
  loads: z
    .array(
      z.object({
        buddy: person,
        novices: z.number().int(),
        minutesWeekly: z.number().int().describe('For all of their novices'),
        ceiling: z.number().int().nullable().describe('The most that they give in a week; null: nobody said'),
      }),
    )
    .describe('What being a buddy takes each'),
  alone: z.array(person).describe('Who does work of the plan, has no competency yet, and no buddy'),
})

const certificates = '/orgs/{org}/programme/certificates'
const buddies = '/orgs/{org}/programme/buddies'

export const competentPeopleContract = {
  certificates: {
    list: route('programme.read')
      .route({ method: 'GET', path: certificates, summary: 'Who has which competency, since when and by what' })
      .input(inOrgInput)
      .output(peopleView),
    give: route('programme.lead')
      .route({
        method: 'POST',
        path: certificates,
        successStatus: 201,
        summary: 'Put on record that somebody has it: by a training that counts, or by what somebody else saw',
      })
      .input(inOrgInput.extend(certificateFacts.shape))
      .output(peopleView),
    end: route('programme.lead')
      .route({
        method: 'POST',
        path: `${certificates}/{id}/end`,
        summary: 'It does not count any more; it stays on record',
      })
      .input(byId)
      .output(peopleView),
    resume: route('programme.lead')
      .route({ method: 'POST', path: `${certificates}/{id}/resume`, summary: 'It counts again' })
      .input(byId)
      .output(peopleView),
  },
  buddies: {
    list: route('programme.read')
      .route({ method: 'GET', path: buddies, summary: 'Who is at whose side, and what that takes them' })
      .input(inOrgInput)
      .output(buddiesView),
    pair: route('programme.lead')
      .route({ method: 'POST', path: buddies, successStatus: 201, summary: 'Give somebody new a buddy' })
      .input(inOrgInput.extend(buddyFacts.shape))
      .output(buddiesView),
    end: route('programme.lead')
      .route({ method: 'POST', path: `${buddies}/{id}/end`, summary: 'They manage on their own now' })
      .input(byId)
      .output(buddiesView),
    resume: route('programme.lead')
      .route({ method: 'POST', path: `${buddies}/{id}/resume`, summary: 'After all not yet' })
      .input(byId)
      .output(buddiesView),
  },
}
