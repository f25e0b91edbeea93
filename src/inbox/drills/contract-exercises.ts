// Routes of exercises: what is practised, as a set that the organisation makes its own.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { exerciseFacts } from './types.ts'

export const exerciseView = exerciseFacts.extend({
  id: z.uuid(),
  updatedAt: instant.nullable().describe('null: as Longrun brings it'),
  updatedBy: person.nullable(),
  retiredAt: instant.nullable().describe('In no drill any more'),
})

const path = '/orgs/{org}/exercises'
const ofConversation = '/orgs/{org}/conversations/{id}/exercise'

export const exercisesContract = {
  exercises: {
    // What a good answer does is for those who judge: whoever practises learns it afterwards.
    list: route('inbox.judge')
      .route({ method: 'GET', path, summary: 'All exercises by kind, those that are retired last' })
      .input(inOrgInput)
      .output(z.array(exerciseView)),
    add: route('inbox.train')
      .route({ method: 'POST', path, successStatus: 201, summary: 'Something else to practise' })
      .input(inOrgInput.extend(exerciseFacts.shape))
      .output(exerciseView),
    change: route('inbox.train')
      .route({ method: 'PUT', path: `${path}/{id}`, summary: 'Other words; drills that have begun keep theirs' })
      .input(byId.extend(exerciseFacts.shape))
      .output(exerciseView),
    retire: route('inbox.train')
      .route({ method: 'POST', path: `${path}/{id}/retire`, summary: 'It is in no drill any more' })
      .input(byId)
      .output(exerciseView),
    restore: route('inbox.train')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'It is in drills again' })
      .input(byId)
      .output(exerciseView),
    suggest: route('inbox.train')
      .route({
        method: 'GET',
        path: ofConversation,
        summary: 'What they said in a conversation, without names and handles; nothing from behind a wall',
      })
      .input(byId)
      .output(z.object({ words: z.string() })),
    take: route('inbox.train')
      .route({
        method: 'POST',
        path: ofConversation,
        successStatus: 201,
        summary: 'Make an exercise of a conversation; names and handles that are left are taken out of it',
      })
      .input(byId.extend(exerciseFacts.shape))
      .output(exerciseView),
  },
}
