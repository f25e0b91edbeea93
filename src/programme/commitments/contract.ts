// Routes of commitments: what is promised to the programme, a year at a time.

import { z } from 'zod'
import { day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { commitmentFacts } from './types.ts'

export const commitmentView = commitmentFacts.extend({
  id: z.uuid(),
  state: z.enum(['ahead', 'in-force', 'ends-soon', 'over', 'replaced']),
  untilDay: day,
  promisedAt: instant,
  promisedBy: person.nullable(),
})

const path = '/orgs/{org}/programme/commitments'

export const commitmentsContract = {
  commitments: {
    list: route('programme.read')
      .route({ method: 'GET', path, summary: 'All commitments of the programme that goes on, newest first' })
      .input(inOrgInput)
      .output(z.array(commitmentView)),
    promise: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary:
          'Commit budget, resources, processes and metrics; one that holds for the same days is replaced and stays on record',
      })
      .input(inOrgInput.extend(commitmentFacts.shape))
      .output(commitmentView),
  },
}
