// Routes of mass withdrawals: what one would take away, begin it, follow it, try again, stop it.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { reason } from '../types.ts'
import { itemStates, selection } from './types.ts'

const counts = z.object({
  waiting: z.number().int(),
  done: z.number().int(),
  gone: z.number().int(),
  refused: z.number().int(),
  byHand: z.number().int(),
  stopped: z.number().int(),
})

export const withdrawalView = z.object({
  id: z.uuid(),
  reason: z.string(),
  selection,
  begunAt: instant,
  begunBy: person,
  stoppedAt: instant.nullable(),
  stoppedBy: person.nullable(),
  /** When nothing of it waited any more. */
  doneAt: instant.nullable(),
  /** Posts on an account. */
  total: z.number().int(),
  counts,
  /** When the next one is tried; null: none waits. */
  nextAt: instant.nullable(),
})

export const withdrawalItem = z.object({
  variantId: z.uuid(),
  postId: z.uuid(),
  accountId: z.uuid(),
  summary: z.string(),
  state: z.enum(itemStates),
  reason: reason.nullable(),
  wakeAt: instant.nullable(),
  tries: z.number().int(),
  endedAt: instant.nullable(),
  remoteUrl: z.string().nullable(),
})

export const withdrawalPreview = z.object({
  total: z.number().int(),
  accounts: z.array(
    z.object({
      accountId: z.uuid(),
      connector: z.string(),
      count: z.number().int(),
      /** How many of them only a person can delete at the network. */
      byHand: z.number().int(),
    }),
  ),
  /** The newest ones. */
  first: z.array(
    z.object({ postId: z.uuid(), summary: z.string(), accountId: z.uuid(), publishedAt: instant.nullable() }),
  ),
})

export const withdrawalsContract = {
  withdrawals: {
    list: route('withdrawals.read')
      .route({ method: 'GET', path: '/orgs/{org}/withdrawals', summary: 'Mass withdrawals, newest first' })
      .input(pageInput)
      .output(pageOf(withdrawalView)),
    read: route('withdrawals.read')
      .route({ method: 'GET', path: '/orgs/{org}/withdrawals/{id}', summary: 'One mass withdrawal' })
      .input(byId)
      .output(withdrawalView),
    items: route('withdrawals.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/withdrawals/{id}/items',
        summary: 'Each post of it, and how it stands',
      })
      .input(pageInput.extend({ id: z.uuid(), state: z.enum(itemStates).optional() }))
      .output(pageOf(withdrawalItem)),
    preview: route('withdrawals.begin')
      .route({
        method: 'POST',
        path: '/orgs/{org}/withdrawals/preview',
        summary: 'What it would take away; changes nothing',
      })
      .input(inOrgInput.extend({ selection }))
      .output(withdrawalPreview),
    begin: route('withdrawals.begin')
      .route({
        method: 'POST',
        path: '/orgs/{org}/withdrawals',
        successStatus: 201,
        summary: 'Delete published posts at their networks, one after the other; `count` is what the preview said',
      })
      .input(
        inOrgInput.extend({ selection, reason: z.string().trim().min(1).max(500), count: z.number().int().min(1) }),
      )
      .output(withdrawalView),
    retry: route('withdrawals.begin')
      .route({
        method: 'POST',
        path: '/orgs/{org}/withdrawals/{id}/retry',
        summary: 'Try again what was refused, stopped or left to a person',
      })
      .input(byId.extend({ variantIds: z.array(z.uuid()).max(10_000).optional().describe('Absent: all of those') }))
      .output(withdrawalView),
    stop: route('withdrawals.begin')
      .route({ method: 'POST', path: '/orgs/{org}/withdrawals/{id}/stop', summary: 'Leave what is not deleted yet' })
      .input(byId)
      .output(withdrawalView),
  },
}
