// Routes of processes: documented, revised in versions, handed over, looked at again, ended, and read by people.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { processKeeping, processWords } from './types.ts'

export const processView = processWords.extend({
  id: z.uuid(),
  name: z.string(),
  owner: person,
  deputy: person.nullable(),
  reviewOn: day,
  state: z.enum(['fresh', 'due', 'ended']).describe('due: its day of review has come'),
  version: z.number().int(),
  why: z.string().describe('Why this version'),
  madeAt: instant,
  madeBy: person.nullable(),
  readAt: instant.nullable().describe('When I read this version; null: not yet'),
  readers: z.array(person).describe('Who has read this version'),
  notRead: z.array(person).describe('Who does work of the plan and has not'),
  endReason: z.string().nullable(),
})

const versionView = processWords.extend({
  version: z.number().int(),
  why: z.string(),
  madeAt: instant,
  madeBy: person.nullable(),
  readers: z.number().int(),
})

const path = '/orgs/{org}/programme/processes'

export const processesContract = {
  processes: {
    list: route('programme.read')
      .route({ method: 'GET', path, summary: 'Processes by their names, those that ended last' })
      .input(inOrgInput)
      .output(z.object({ today: day, processes: z.array(processView) })),
    document: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Write down a way of working, with who answers for it',
      })
      .input(inOrgInput.extend({ ...processKeeping.shape, ...processWords.shape }))
      .output(processView),
    revise: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/versions`,
        successStatus: 201,
        summary: 'A new version, and why; everybody is asked to read it again',
      })
      .input(
        byId.extend({
          ...processWords.shape,
          why: reason,
          after: z.number().int().describe('The version it was made from'),
          reviewOn: day,
        }),
      )
      .output(processView),
    keep: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/keep`,
        summary: 'Looked at, and still true; or somebody else answers for it from now on',
      })
      .input(byId.extend(processKeeping.shape))
      .output(processView),
    end: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/end`, summary: 'It is not worked like this any more, and why' })
      .input(byId.extend({ reason }))
      .output(processView),
    resume: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/resume`, summary: 'It is worked like this again' })
      .input(byId)
      .output(processView),
    versions: route('programme.read')
      .route({ method: 'GET', path: `${path}/{id}/versions`, summary: 'All versions, newest first' })
      .input(byId)
      .output(z.array(versionView)),
    read: route('programme.log')
      .route({ method: 'PUT', path: `${path}/{id}/read`, summary: 'I have read the present version' })
      .input(byId.extend({ version: z.number().int() }))
      .output(processView),
  },
}
