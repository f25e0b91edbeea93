// Routes of the rota: what members can take on, and when they are away.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { roles } from '../../people/permissions.ts'
import { person } from '../../people/person.ts'
import { businessHours } from '../promises/types.ts'
import { workChange } from './types.ts'

const work = z.object({
  member: person,
  role: z.enum(roles),
  department: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  hours: businessHours.nullable().describe('null: always at work'),
  capacity: z.int().describe('Units of work at the same time'),
  inHand: z.int().describe('Units of work that wait for an answer of theirs now'),
  deputy: person.nullable(),
  manager: person.nullable(),
  skills: z.array(z.string()),
  isAtWork: z.boolean().describe('Now: in their hours, and not away'),
  backAt: instant.nullable().describe('When they are at work again; null: they are, or nobody knows'),
})

const reason = z.string().trim().max(500)

const absence = z.object({
  id: z.uuid(),
  member: person,
  from: instant,
  to: instant,
  reason: z.string().nullable().describe('null: for the member and those who lead alone'),
  plannedBy: person.nullable(),
})

const path = '/orgs/{org}'

export const rotaContract = {
  work: {
    list: route('work.read')
      .route({ method: 'GET', path: `${path}/work`, summary: 'Who works when, knows what, and has how much in hand' })
      .input(inOrgInput)
      .output(z.array(work)),
    change: route('work.change')
      .route({
        method: 'PATCH',
        path: `${path}/work/{id}`,
        summary: 'Hours, capacity, skills, deputy and manager of a member; absent stays as it is',
      })
      .input(byId.extend({ id: z.uuid().describe('Id of the member'), ...workChange.shape }))
      .output(work),
  },
  absences: {
    list: route('work.read')
      .route({
        method: 'GET',
        path: `${path}/absences`,
        summary: 'Absences from one instant on, until another where one is named; the next one first',
      })
      .input(
        pageInput.extend({
          memberId: z.uuid().optional(),
          from: instant.optional().describe('Now, where none is named'),
          to: instant.optional(),
        }),
      )
      .output(pageOf(absence)),
    plan: route('work.own')
      .route({
        method: 'POST',
        path: `${path}/absences`,
        successStatus: 201,
        summary: 'Say when I am away; those who lead say it for others too',
      })
      .input(
        inOrgInput.extend({
          memberId: z.uuid().optional().describe('Myself, where nobody is named'),
          from: instant,
          to: instant,
          reason: reason.default(''),
        }),
      )
      .output(absence),
    change: route('work.own')
      .route({ method: 'PATCH', path: `${path}/absences/{id}`, summary: 'Move an absence or say another reason' })
      .input(byId.extend({ from: instant.optional(), to: instant.optional(), reason: reason.optional() }))
      .output(absence),
    callOff: route('work.own')
      .route({
        method: 'DELETE',
        path: `${path}/absences/{id}`,
        summary: 'Call an absence off: from now on; what is over stays true',
      })
      .input(byId)
      .output(z.object({ calledOff: z.literal(true) })),
  },
}
