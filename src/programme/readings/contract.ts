// Routes of reading lists and training material: added, taken away, and marked by oneself as read.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { readingFacts } from './types.ts'

export const readingView = readingFacts.extend({
  id: z.uuid(),
  competency: z.string().nullable(),
  addedBy: person.nullable(),
  readAt: instant.nullable().describe('When I read it; null: not yet'),
  readBy: z.number().int().describe('How many of us have read it'),
})

const path = '/orgs/{org}/programme/readings'

export const readingsContract = {
  readings: {
    list: route('programme.read')
      .route({
        method: 'GET',
        path,
        summary: 'What there is to read, in the order of the ladder, then what is for everybody',
      })
      .input(inOrgInput)
      .output(z.array(readingView)),
    add: route('programme.lead')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Add something to read: a link, or the words themselves',
      })
      .input(inOrgInput.extend(readingFacts.shape))
      .output(readingView),
    remove: route('programme.lead')
      .route({ method: 'DELETE', path: `${path}/{id}`, summary: 'Take it from the list' })
      .input(byId)
      .output(readingView),
    restore: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'It is on the list again' })
      .input(byId)
      .output(readingView),
    mark: route('programme.log')
      .route({ method: 'PUT', path: `${path}/{id}/read`, summary: 'I have read it, or not after all' })
      .input(byId.extend({ isRead: z.boolean() }))
      .output(readingView),
  },
}
