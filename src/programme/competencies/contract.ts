// Routes of the ladder: how teams stand on it, begun, looked at, mastered or set aside; its rungs changed and ordered; what others saw.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { competencyFacts, evidence, gate, observationFacts, observationOutcomes, stepStates } from './types.ts'

export const gateView = gate.extend({
  id: z.string(),
  isOpen: z.boolean(),
  openedAt: instant.nullable().describe('When a reading opened it; that reading is its evidence then'),
  evidence: evidence.nullable().describe('As it was read when it opened, or now; null: nobody looked yet'),
  share: z.number().describe('How far it is open, 0 to 1'),
})

export const standView = z.object({
  departmentId: z.uuid().nullable().describe('null: the whole organisation'),
  state: z.enum(stepStates),
  stepId: z.uuid().nullable(),
  begunAt: instant.nullable(),
  masteredAt: instant.nullable(),
  setAsideReason: z.string().nullable(),
  gates: z.array(gateView).describe('Of one that goes on or is mastered; otherwise empty'),
})

export const rungView = competencyFacts.extend({
  id: z.uuid(),
  key: z.string().describe('By it plans know who can do what'),
  place: z.number().int(),
  isOwn: z.boolean().describe('Added by people; not of the ladder that Longrun lays'),
  observations: z.number().int(),
  teams: z.array(standView),
})

export const ladderView = z.object({
  today: day,
  hasProgramme: z.boolean(),
  teams: z.array(
    z.object({ departmentId: z.uuid().nullable(), name: z.string().nullable(), members: z.number().int() }),
  ),
  rungs: z.array(rungView).describe('Lowest first'),
})

const entryView = z.object({
  at: instant,
  by: person.nullable(),
  departmentId: z.uuid().nullable(),
  kind: z.string(),
  facts: z.record(z.string(), z.unknown()),
})

export const observationView = z.object({
  id: z.uuid(),
  member: person,
  outcome: z.enum(observationOutcomes),
  said: z.string(),
  at: instant,
  by: person.nullable(),
  isMine: z.boolean().describe('Written by whoever asks'),
})

const path = '/orgs/{org}/programme/ladder'
const steps = '/orgs/{org}/programme/ladder-steps'
const observations = '/orgs/{org}/programme/ladder-observations'

export const competenciesContract = {
  competencies: {
    read: route('programme.read')
      .route({ method: 'GET', path, summary: 'The ladder, where each team stands on it, and what is missing' })
      .input(inOrgInput)
      .output(ladderView),
    lay: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}-laid`,
        summary: 'The ladder that new programmes begin with, for one that has none',
      })
      .input(inOrgInput)
      .output(ladderView),
    add: route('programme.lead')
      .route({ method: 'POST', path, successStatus: 201, summary: 'A competency of your own, as the highest rung' })
      .input(inOrgInput.extend(competencyFacts.shape))
      .output(ladderView),
    change: route('programme.lead')
      .route({
        method: 'PUT',
        path: `${path}/{id}`,
        summary: 'Say anew what it means and what its gates ask for, and why; what opened gates stays as it was read',
      })
      .input(byId.extend({ ...competencyFacts.shape, reason }))
      .output(ladderView),
    order: route('programme.lead')
      .route({
        method: 'PUT',
        path: `${path}-order`,
        summary: 'Another order, lowest first; listening stays the first',
      })
      .input(inOrgInput.extend({ ids: z.array(z.uuid()).min(1).max(100) }))
      .output(ladderView),
    remove: route('programme.lead')
      .route({ method: 'DELETE', path: `${path}/{id}`, summary: 'Take a rung away that no team is on' })
      .input(byId)
      .output(ladderView),
    restore: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'It is a rung again' })
      .input(byId)
      .output(ladderView),
    history: route('programme.read')
      .route({ method: 'GET', path: `${path}/{id}/history`, summary: 'What happened to a competency, newest first' })
      .input(byId)
      .output(z.array(entryView)),
    begin: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/begin`,
        summary: 'A team begins it, or takes it up again; one new competency at a time',
      })
      .input(byId.extend({ departmentId: z.uuid().nullable().default(null) }))
      .output(ladderView),
    look: route('programme.log')
      .route({
        method: 'POST',
        path: `${steps}/{id}/look`,
        summary: 'Read what its gates ask for now; what opens one is kept as it was read',
      })
      .input(byId)
      .output(ladderView),
    master: route('programme.lead')
      .route({
        method: 'POST',
        path: `${steps}/{id}/master`,
        summary: 'The team has it; refused while a gate is shut. There is no way around the evidence',
      })
      .input(byId)
      .output(ladderView),
    setAside: route('programme.lead')
      .route({
        method: 'POST',
        path: `${steps}/{id}/set-aside`,
        summary: 'The team stops learning it for now, and why',
      })
      .input(byId.extend({ reason }))
      .output(ladderView),
    observations: route('programme.read')
      .route({
        method: 'GET',
        path: `${path}/{id}/observations`,
        summary: 'What people saw of each other, newest first',
      })
      .input(byId)
      .output(z.array(observationView)),
    observe: route('programme.log')
      .route({
        method: 'POST',
        path: `${path}/{id}/observations`,
        successStatus: 201,
        summary: 'I watched somebody else at it, and this is what I saw',
      })
      .input(byId.extend(observationFacts.shape))
      .output(observationView),
    takeBack: route('programme.log')
      .route({ method: 'DELETE', path: `${observations}/{id}`, summary: 'Take back what I wrote' })
      .input(byId)
      .output(observationView),
    putBack: route('programme.log')
      .route({ method: 'POST', path: `${observations}/{id}/restore`, summary: 'It counts again' })
      .input(byId)
      .output(observationView),
  },
}
