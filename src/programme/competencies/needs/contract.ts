// Routes of needs: which activity asks for which competency, said by the organisation or as usual, and who may do it.

import { z } from 'zod'
import { inOrgInput, route } from '../../../lib/route.ts'
import { person } from '../../../people/person.ts'
import { activityId } from '../../time/types.ts'
import { needFacts } from './types.ts'

export const needView = z.object({
  activity: z.string(),
  said: z
    .string()
    .nullable()
    .describe('The key that the organisation says; null: it says that anybody may, or nothing'),
  isSaid: z.boolean(),
  usual: z.string().nullable().describe('The key where it says nothing; it binds from the first certificate on'),
  holds: z.string().nullable().describe('The key that is asked for today; null: anybody may do it'),
  able: z.array(
    person.extend({ beside: z.string().nullable().describe('Who is at their side; null: nobody has to be') }),
  ),
  says: z.string().nullable().describe('What to do, where nobody may; null: somebody may'),
})

export const needsView = z.object({
  needs: z.array(needView),
  rungs: z.array(z.object({ key: z.string(), name: z.string() })).describe('What can be asked for; empty: no ladder'),
})

const path = '/orgs/{org}/programme/needs'

export const needsContract = {
  needs: {
    list: route('programme.read')
      .route({ method: 'GET', path, summary: 'Which activity needs which competency, and who may do it' })
      .input(inOrgInput)
      .output(needsView),
    say: route('programme.lead')
      .route({
        method: 'PUT',
        path: `${path}/{activity}`,
        summary: 'Say which competency an activity needs, or that it needs none; plans and sessions follow',
      })
      .input(inOrgInput.extend(needFacts.shape))
      .output(needsView),
    takeBack: route('programme.lead')
      .route({ method: 'DELETE', path: `${path}/{activity}`, summary: 'As it is usual again' })
      .input(inOrgInput.extend({ activity: activityId }))
      .output(needsView),
  },
}
