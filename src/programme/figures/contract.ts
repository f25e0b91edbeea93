// Routes of figures: by which numbers guards and plans judge, changed with a reason and in versions.

import { z } from 'zod'
import { inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { changeableNames, groups } from './types.ts'

const name = z.enum(changeableNames)

const figureView = z.object({
  name,
  group: z.enum(groups).describe('What it is about'),
  value: z.number(),
  standard: z.number().describe('The default'),
  unit: z.string(),
  least: z.number(),
  most: z.number(),
  says: z.string().describe('What it does'),
  source: z.string().describe('Where the default comes from'),
  isOurs: z.boolean().describe('The default is our own choice, without a study behind it'),
})

export const figuresView = z.object({
  label: z.string().describe('What these rules are and are not'),
  number: z.number().int().nullable().describe('The version in force; null: nothing was ever changed'),
  figures: z.array(figureView),
})

export const figureVersionView = z.object({
  number: z.number().int(),
  changes: z.array(z.object({ name, before: z.number(), after: z.number() })),
  reason: z.string(),
  madeAt: instant,
  madeBy: person.nullable(),
})

const path = '/orgs/{org}/programme/figures'

export const figuresContract = {
  figures: {
    read: route('programme.read')
      .route({ method: 'GET', path, summary: 'The figures of guards and plans, with their defaults and sources' })
      .input(inOrgInput)
      .output(figuresView),
    change: route('programme.lead')
      .route({
        method: 'PUT',
        path,
        summary: 'Change figures, and why; they hold for everything that is judged and planned from then on',
      })
      .input(
        inOrgInput.extend({
          changes: z
            .array(z.object({ name, value: z.number().nullable().describe('null: back to the default') }))
            .min(1)
            .max(changeableNames.length),
          reason,
          after: z.number().int().nullable().describe('The version that was seen; null: none'),
        }),
      )
      .output(figuresView),
    versions: route('programme.read')
      .route({ method: 'GET', path: `${path}/versions`, summary: 'The last 50 changes of figures, newest first' })
      .input(inOrgInput)
      .output(z.array(figureVersionView)),
  },
}
