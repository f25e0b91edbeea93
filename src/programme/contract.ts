// Routes of the programme: begun, changed, and ended by a decision with its reasons.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../lib/route.ts'
import { person } from '../people/person.ts'
import { programmeFacts, reason } from './types.ts'

export const programmeView = programmeFacts.extend({
  id: z.uuid(),
  version: z.number().int(),
  week: z.number().int().describe('The week it is in, from 1; 0: it begins later'),
  begunAt: instant,
  begunBy: person.nullable(),
  endedAt: instant.nullable(),
  endedBy: person.nullable(),
  endReason: z.string().nullable(),
})

export const programmeContract = {
  programme: {
    read: route('programme.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/programme',
        summary: 'The programme that goes on, if there is one, and those before it, newest first',
      })
      .input(inOrgInput)
      .output(z.object({ today: day, programme: programmeView.nullable(), past: z.array(programmeView) })),
    begin: route('programme.lead')
      .route({ method: 'POST', path: '/orgs/{org}/programme', successStatus: 201, summary: 'Begin a programme' })
      .input(inOrgInput.extend(programmeFacts.shape))
      .output(programmeView),
    change: route('programme.lead')
      .route({ method: 'PUT', path: '/orgs/{org}/programme/{id}', summary: 'Say anew what it is, all of it' })
      .input(byId.extend({ version: z.number().int(), ...programmeFacts.shape }))
      .output(programmeView),
    end: route('programme.lead')
      .route({
        method: 'POST',
        path: '/orgs/{org}/programme/{id}/end',
        summary: 'End it, with the reasons; what it had stays to be read',
      })
      .input(byId.extend({ reason }))
      .output(programmeView),
    resume: route('programme.lead')
      .route({
        method: 'POST',
        path: '/orgs/{org}/programme/{id}/resume',
        summary: 'It goes on after all; refused where another one goes on',
      })
      .input(byId)
      .output(programmeView),
  },
}
