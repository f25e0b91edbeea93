// Routes of assessments: what people think beside what twelve weeks show.

import { z } from 'zod'
import { inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { areas, evidence, opinions, toldPast } from './types.ts'

const finding = z.object({
  area: z.enum(areas),
  opinion: z.number().int(),
  level: z.number().int().nullable().describe('1 to 5, by the evidence; null: there is nothing to judge by'),
  facts: z.record(z.string(), z.number()),
  view: z.enum(['as-it-is', 'too-good', 'too-bad', 'nothing-to-see']),
})

export const assessmentView = z.object({
  id: z.uuid(),
  takenAt: instant,
  takenBy: person.nullable(),
  findings: z.array(finding),
  evidence,
})

/** What an assessment would rest on. */
export const assessmentSource = z.object({ accountId: z.uuid(), name: z.string(), network: z.string(), told: toldPast })

const path = '/orgs/{org}/programme/assessments'

export const assessmentContract = {
  assessments: {
    list: route('programme.read')
      .route({ method: 'GET', path, summary: 'The last 20 assessments, newest first' })
      .input(inOrgInput)
      .output(z.array(assessmentView)),
    sources: route('programme.read')
      .route({
        ...{ method: 'GET', path: `${path}/sources` },
        summary:
          'What each account has told by now of what it published beside Longrun, in the last twelve whole weeks',
      })
      .input(inOrgInput)
      .output(z.array(assessmentSource)),
    take: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary:
          'Say what you think of each area; the evidence of the last twelve whole weeks is read and kept beside it',
      })
      .input(inOrgInput.extend({ opinions }))
      .output(assessmentView),
  },
}
