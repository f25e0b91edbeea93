// Routes of duties: days on which somebody is on duty; the day after is for recovery. They are read with the weeks of sessions.

import { z } from 'zod'
import { byId, inOrgInput, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { dutyFacts } from './types.ts'

export const dutyView = dutyFacts.extend({
  id: z.uuid(),
  note: z.string(),
  member: person,
  enteredBy: person.nullable().describe('null: Longrun itself'),
  isRemoved: z.boolean(),
})

const path = '/orgs/{org}/programme/duties'

export const dutiesContract = {
  duties: {
    enter: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Somebody is on duty on a day: their next working day has half of the usual at most',
      })
      .input(inOrgInput.extend(dutyFacts.shape))
      .output(dutyView),
    remove: route('programme.lead')
      .route({ method: 'DELETE', path: `${path}/{id}`, summary: 'They are not on duty after all' })
      .input(byId)
      .output(dutyView),
    restore: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'They are on duty after all' })
      .input(byId)
      .output(dutyView),
  },
}
