// Routes of those who lead, for sessions of others.

import { z } from 'zod'
import { byId, day, route } from '../../lib/route.ts'
import { leastMinutes, mostMinutes } from '../time/types.ts'
import { done, path } from './contract.ts'

const why = z.string().trim().min(3).max(500).describe('Whoever has the session reads it')
const of = byId.extend({ reason: why })

export const leadSessionsContract = {
  leadSessions: {
    move: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/lead/move`,
        summary: 'Somebody does it on another day; the rules of days and weeks may say no',
      })
      .input(of.extend({ day }))
      .output(done),
    handOver: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/lead/hand-over`,
        summary: 'Somebody else does it, on its day or on the first of its days that they have room on',
      })
      .input(of.extend({ memberId: z.uuid() }))
      .output(done),
    done: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/lead/done`,
        summary: 'It is done; without minutes those planned are taken, as estimated',
      })
      .input(of.extend({ minutes: z.number().min(leastMinutes).max(mostMinutes).optional() }))
      .output(done),
    drop: route('programme.lead')
      .route({ method: 'POST', path: `${path}/{id}/lead/drop`, summary: 'It is left out' })
      .input(of)
      .output(done),
    undo: route('programme.lead')
      .route({
        method: 'POST',
        path: `${path}/{id}/lead/undo`,
        summary: 'The last thing that somebody who leads did with it is undone',
      })
      .input(byId)
      .output(done),
  },
}
