// Routes of templates: plans to begin with, and what each would cost here.

import { z } from 'zod'
import { inOrgInput, route } from '../../lib/route.ts'
import { cadenceLines } from '../plan/types.ts'
import { ambitions } from '../types.ts'
import { templateIds } from './rules.ts'

export const templateView = z.object({
  id: z.enum(templateIds),
  name: z.string(),
  forWhom: z.string(),
  means: z.string(),
  ambition: z.enum(ambitions),
  lines: cadenceLines,
  weekOne: z.number().describe('Minutes of its first week, of everybody together, by the rules of the load curve'),
  weekTwelve: z.number().describe('Minutes of its twelfth week'),
  isLighter: z.boolean().describe('The twelfth week is one of rest'),
  inFull: z.number().describe('Minutes of a week once all of it fits'),
  people: z.number().int().describe('For so many people who give time; 1 where nobody said'),
})

export const templatesContract = {
  templates: {
    list: route('programme.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/programme/templates',
        summary: 'Plans to begin with: for whom each is, and what weeks 1 and 12 cost in minutes here',
      })
      .input(inOrgInput)
      .output(z.array(templateView)),
  },
}
