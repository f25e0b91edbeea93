// Routes of the advice before publishing: read, set aside for some days with a reason, let count again.

import { z } from 'zod'
import { day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { overrideFacts } from './types.ts'

export const adviceView = z.object({
  code: z.literal('listening-first'),
  isOn: z.boolean().describe('Whether it counts for whoever asks, today'),
  since: instant,
  today: day,
  override: z
    .object({ reason: z.string(), until: day, at: instant, by: person.nullable() })
    .nullable()
    .describe('Somebody set it aside until that day'),
})

const path = '/orgs/{org}/publishing-advice'

export const adviceContract = {
  publishingAdvice: {
    read: route('posts.read')
      .route({ method: 'GET', path, summary: 'What comes before publishing; null: nothing does' })
      .input(inOrgInput)
      .output(adviceView.nullable()),
    override: route('posts.schedule')
      .route({
        method: 'POST',
        path: `${path}/override`,
        summary: 'Publish all the same for some days, with the reason on record; 28 days at most',
      })
      .input(inOrgInput.extend(overrideFacts.shape))
      .output(adviceView),
    restore: route('posts.schedule')
      .route({ method: 'POST', path: `${path}/restore`, summary: 'It counts again' })
      .input(inOrgInput)
      .output(adviceView),
  },
}
